"""Reports as their pages show them: what cannot be opened is said of that one, and the others stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caucuses.concerns.models import Concern
from caucuses.naming import name_of
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing

FIRST_WORDS = 90


@dataclass(frozen=True)
class Told:
    """One report. Each text is None where it cannot be opened. `about` is the name of whom it is about, empty without a seat."""

    concern: Concern
    words: str | None
    excerpt: str | None
    answer: str | None
    about: str


@dataclass(frozen=True)
class Line:
    """One line of a list."""

    concern: Concern
    words: str | None
    about: str


def told(concern: Concern, *, with_excerpt: bool) -> Told:
    """All of it, for its page; what the post said only to whom that is shown, and opened for nobody else."""
    return Told(
        concern=concern,
        words=_text(concern, "words"),
        excerpt=_text(concern, "excerpt") if with_excerpt else "",
        answer=_text(concern, "answer"),
        about=_about(concern),
    )


def lines(concerns: Iterable[Concern]) -> list[Line]:
    """A line each, with the first words."""
    return [Line(row, _first(_text(row, "words")), _about(row)) for row in concerns]


def _about(concern: Concern) -> str:
    return name_of(concern.about) if concern.about else ""


def _text(concern: Concern, field: str) -> str | None:
    try:
        return str(getattr(concern, field))
    except (CannotOpen, KeyMissing):
        alerts.could_not_open(concern)
        return None


def _first(words: str | None) -> str | None:
    if words is None:
        return None
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= FIRST_WORDS else f"{one_line[:FIRST_WORDS].rstrip()} …"
