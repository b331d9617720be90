"""What values from a file must look like before they become an entry: moments, suggestions, subjects, limits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accountability.journal.carrying.carried import Carried
from accountability.journal.texts import (
    LONGEST_BODY,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_TAGS,
    About,
    Prompt,
    cleaned,
)

LONGEST_COPY = 2_000  # of a suggestion or a name that an entry keeps a copy of
MOST_VERSIONS = 1_000_000
YEARS = range(1900, 2201)


def moment_of(words: str, zone: tzinfo) -> datetime:
    """A moment as ISO 8601 writes it; a day alone means its noon. Raises ValueError."""
    if len(words) == len("2026-11-29"):
        moment = datetime.combine(date.fromisoformat(words), time(12), zone)
    else:
        moment = datetime.fromisoformat(words)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if moment.year not in YEARS:
        raise ValueError("no such year")
    return moment.astimezone(UTC)


def whole_of(value: Any) -> int:
    """A count of versions. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_VERSIONS:
        raise ValueError("no count")
    return value


def title_of(words: str) -> str:
    """A title in one line."""
    return cleaned(words).replace("\n", " ")


def tags_of(given: Any) -> tuple[str, ...]:
    """Tags as an entry keeps them, each once, whatever its capitals. Raises ValueError."""
    if not isinstance(given, list) or not all(isinstance(tag, str) for tag in given):
        raise ValueError("no list of words")
    once = {tag.casefold(): tag for tag in reversed([_one_line(tag) for tag in given]) if tag}
    return tuple(reversed(once.values()))


def prompt_of(value: Any) -> Prompt | None:
    """The copy of a suggestion. Raises ValueError."""
    if value is None:
        return None
    words, source, url = _copies(value, "words", "source", "url")
    return Prompt(words, source, _address(url))


def about_of(value: Any) -> About | None:
    """The copy of what an entry is about. Raises ValueError."""
    if value is None:
        return None
    kind, key, words, url = _copies(value, "kind", "key", "words", "url")
    return About(kind, key, words, _address(url))


def over_limit(entry: Carried) -> str:
    """What is too long or too many in it, as a sentence; empty when nothing is."""
    text = entry.text
    if len(text.title) > LONGEST_TITLE:
        return _("The title is longer than %(most)d letters.") % {"most": LONGEST_TITLE}
    if len(text.body) > LONGEST_BODY:
        return _("The text has %(count)s letters; an entry holds at most %(most)s.") % {
            "count": f"{len(text.body):,}",
            "most": f"{LONGEST_BODY:,}",
        }
    if len(text.tags) > MOST_TAGS:
        return ngettext(
            "It has %(count)d tag; an entry holds at most %(most)d.",
            "It has %(count)d tags; an entry holds at most %(most)d.",
            len(text.tags),
        ) % {"count": len(text.tags), "most": MOST_TAGS}
    if any(len(tag) > LONGEST_TAG for tag in text.tags):
        return _("A tag is longer than %(most)d letters.") % {"most": LONGEST_TAG}
    return ""


def _one_line(words: str) -> str:
    return " ".join(cleaned(words).split())


def _copies(value: Any, *names: str) -> list[str]:
    if not isinstance(value, dict) or not set(value) <= set(names):
        raise ValueError("of another shape")
    found = [value.get(name, "") for name in names]
    if not all(isinstance(words, str) and len(words) <= LONGEST_COPY for words in found):
        raise ValueError("of another shape")
    return [cleaned(words) for words in found]


def _address(url: str) -> str:
    """An address on this site, which is all that an entry ever keeps: nothing that a file brings may lead elsewhere."""
    if url and (
        not url.startswith("/") or url.startswith(("//", "/\\")) or set(url) & set(" \t\n")
    ):
        raise ValueError("leads elsewhere")
    return url
