"""Says in words how a page and its file differ: sentence by sentence, `-` for the page and `+` for the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import unified_diff
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from core.text import plain_text
from curriculum.changes import sentences

MOST = 20  # lines of one page


def difference(page: Mapping[str, Any], file: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentences that only one of them has, in the order of the page; at most `MOST`, and how many more there are."""
    here, there = list(_fields(page)), list(_fields(file))
    found = [
        f"{line[0]} {line[1:]}"
        for line in list(unified_diff(here, there, n=0, lineterm=""))[2:]
        if not line.startswith("@@")
    ]
    if len(found) <= MOST:
        return tuple(found)
    more = len(found) - MOST
    end = ngettext("… and %(count)s more line", "… and %(count)s more lines", more)
    return (*found[:MOST], end % {"count": more})


def _fields(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, StreamValue):
            for child in value:
                yield from _block(child.block_type, child.value)
        else:
            yield from _labeled(name, str(value))


def _block(kind: str, value: Any) -> Iterator[str]:
    if kind == "facilitator":  # what it says is not printed where others may read along
        digest = sha256(repr(sorted((name, str(one)) for name, one in value.items())).encode())
        yield _("%(kind)s: a note for facilitators (%(digest)s)") % {
            "kind": kind, "digest": digest.hexdigest()[:6],
        }  # fmt: skip
    elif kind == "heading":
        yield f"## {value}"
    elif kind == "markdown":
        yield from _sentences(str(value))
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _labeled(f"{kind} {name}", _words(one))
    elif isinstance(value, ListValue):
        for item in value:
            yield f"{kind}: {', '.join(filter(None, map(_words, item.values())))}"
    else:
        yield from _labeled(kind, _words(value))


def _labeled(label: str, text: str) -> Iterator[str]:
    yield from (f"{label}: {one}" for one in _sentences(text))


def _sentences(text: str) -> Iterator[str]:
    for paragraph in text.splitlines():
        yield from (one.strip() for one in sentences(paragraph) if one.strip())


def _words(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, ListValue):
        return " / ".join(map(_words, value))
    if isinstance(value, Mapping):
        return ", ".join(filter(None, map(_words, value.values())))
    if isinstance(value, RichText):
        return plain_text(f"<div>{value.source}</div>")
    alternative = getattr(value, "contextual_alt_text", None)
    return f"{value} ({alternative})" if alternative else str(value)
