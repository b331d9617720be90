"""Words from a file: plain text of bounded length, and the surveyors' remarks with their headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext_noop

LONGEST_REMARK = 5_000
MOST_REMARKS = 20  # of one area
# Marks that turn the direction of writing could make a page read otherwise than its source says.
TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

#: Boxes of the survey form, in our words. The form's own word for Black people stays out of our headings.
SURVEY_HEADINGS = {
    "survey_mortgage_funds": gettext_noop("Mortgage money"),
    "survey_negro": gettext_noop("Black residents"),
    "survey_foreign_born": gettext_noop("Residents born abroad"),
    "survey_infiltration": gettext_noop("Who was said to be moving in"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What a surveyor wrote, under the heading of its box (may be empty)."""

    heading: str
    text: str


def plain_text(value: Any, longest: int) -> str:
    """The value as one line of text: no control or direction marks, no lone surrogates, at most `longest` letters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    words = format(value, ".15g") if isinstance(value, float) else str(value)[: longest * 4]
    if not words.isprintable():
        words = "".join(" " if _unwanted(letter) else letter for letter in words)
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def remarks_of(properties: Mapping[str, Any]) -> tuple[Remark, ...]:
    """The remarks of one feature: its `remarks` (text, or a list of texts or of heading and text), then `survey_*`."""
    written = (remark for remark in _all_remarks(properties) if remark.text)
    return tuple(islice(written, MOST_REMARKS))


def _all_remarks(properties: Mapping[str, Any]) -> Iterator[Remark]:
    own = properties.get("remarks")
    for row in own if isinstance(own, list) else [own]:
        heading, text = (
            (row.get("heading"), row.get("text")) if isinstance(row, dict) else ("", row)
        )
        yield Remark(plain_text(heading, 120), plain_text(text, LONGEST_REMARK))
    for key, value in properties.items():
        if key.startswith("survey_") and key != "survey_year":
            heading = SURVEY_HEADINGS.get(key) or plain_text(_spoken(key), 120)
            yield Remark(heading, plain_text(value, LONGEST_REMARK))


def _spoken(key: str) -> str:
    return re.sub(r"[_\W]+", " ", key.removeprefix("survey_")).strip().capitalize()


def _unwanted(letter: str) -> bool:
    return letter in TURNING or unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}
