"""Whether a text names somebody: names as people type them, without case, accents and marks, with any spacing between.

It errs towards asking: whoever is named in a report must not come to read it, and a question costs one press.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum

#: Scripts that put no space between words: there a name begins and ends anywhere.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # fmt: skip
_NO_LETTER = re.compile(r"[\W_]+")
_INSIDE_A_WORD = re.compile("['`\u2018\u2019\u02bc\u00b4]")  # O'Neil is one word
SHORTEST = 2  # letters of a part of a name that is looked for by itself


class Named(IntEnum):
    """How sure it is that a text names somebody."""

    NOT = 0
    LIKELY = 1  # a part of the name stands there: the same, or somebody else who is called so
    IN_FULL = 2


def named_in(texts: Iterable[str], name: str) -> Named:
    """Whether these texts name who goes by this name. A name of one word alone is never sure: it may be any word."""
    parts = folded(name).split()
    if not parts:
        return Named.NOT
    whole = " ".join(map(folded, texts))
    orders = (parts, [parts[-1], *parts[:-1]])  # Paul Nguyen; Nguyen, Paul
    if len(parts) > 1 and any(_stands_in(whole, " ?".join("".join(order))) for order in orders):
        return Named.IN_FULL
    wanted = (part for part in (parts[0], parts[-1]) if len(part) >= SHORTEST or len(parts) == 1)
    return Named.LIKELY if any(_stands_in(whole, part) for part in wanted) else Named.NOT


def folded(text: str) -> str:
    """The words of a text, one space between, without case and accents."""
    plain = unicodedata.normalize("NFKD", _INSIDE_A_WORD.sub("", text).casefold())
    bare = "".join(letter for letter in plain if unicodedata.category(letter) not in {"Mn", "Cf"})
    return _NO_LETTER.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def _stands_in(text: str, letters: str) -> bool:
    """Whether these folded letters stand there as words of their own, or with the s of what is theirs."""
    edges = ("", "") if _UNSPACED.search(letters) else (r"(?<!\w)", r"s?(?!\w)")
    return re.search(f"{edges[0]}{letters}{edges[1]}", text) is not None
