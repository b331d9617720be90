"""Where a meeting is: plain words, or links that begin with https:// or http://."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.text import strip_control

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
#: Addresses that are none of the web's. Nothing of the kind would become a link; it is refused so that nobody waits for one.
_OTHER = re.compile(
    r"(?<![a-z0-9])(?!https?:)(?:[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|data|file|blob):\S)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = ".,;:!?)]}>\"'"
_is_address = URLValidator(schemes=("http", "https"))


@dataclass(frozen=True)
class Piece:
    """A part of the place: words, or a link (`url`) that stands for itself."""

    text: str
    url: str = ""


def one_line(text: str) -> str:
    """The words in one line, without what no reader sees."""
    return " ".join(strip_control(text).split())


def has_other_links(place: str) -> bool:
    """Whether it holds an address that does not begin with https:// or http:// (`javascript:`, `data:`, `file:`)."""
    return _OTHER.search(place) is not None


def pieces(place: str) -> list[Piece]:
    """Words and links in their order. What only looks like an address stays words."""
    found: list[Piece] = []
    end = 0
    for match in _LINK.finditer(place):
        url = match.group().rstrip(_SENTENCE_ENDS)
        if not _leads_somewhere(url):
            continue
        found.append(Piece(place[end : match.start()]))
        found.append(Piece(url, url))
        end = match.start() + len(url)
    found.append(Piece(place[end:]))
    return [piece for piece in found if piece.text]


def _leads_somewhere(url: str) -> bool:
    """An address of the web, without a name before the host that could pass for another host."""
    try:
        _is_address(url)
        return "@" not in urlsplit(url).netloc
    except (ValidationError, ValueError):
        return False
