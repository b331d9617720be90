"""What a room agrees on, opened: a version with its text and terms, in words, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caucuses.choices import Keeping
from caucuses.differences import Paragraph, paragraphs_between
from caucuses.models import Agreement, Caucus, Proposal
from caucuses.terms import Terms
from cohorts.models import Cohort
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing


@dataclass(frozen=True)
class TermLine:
    """One of the terms in words; `before` is what it was, where two versions differ in it."""

    label: str | Promise
    words: str
    before: str = ""


@dataclass(frozen=True)
class Wording:
    """A version of the agreement, or what is proposed: text and terms, None where they cannot be opened."""

    text: str | None
    terms: Terms | None
    lines: Sequence[TermLine] = ()

    @property
    def opens(self) -> bool:
        """Whether all of it can be read."""
        return self.text is not None and self.terms is not None


@dataclass(frozen=True)
class Comparison:
    """What differs: the whole text with what went and came, and the terms that differ."""

    paragraphs: Sequence[Paragraph]
    text_changed: bool
    terms: Sequence[TermLine]


def opened(row: Any, name: str) -> str | None:
    """The text of a sealed field; None, and a word to the operator, where it cannot be opened."""
    try:
        return str(getattr(row, name))
    except (CannotOpen, KeyMissing):
        could_not_open(row)
        return None


def in_force(caucus: Caucus) -> Agreement:
    """The version in force."""
    return Agreement.objects.get(caucus=caucus, number=caucus.agreement)


def terms_in(row: Agreement | Proposal) -> Terms | None:
    """The terms of a version; None where they cannot be opened, or went with who proposed them."""
    text = opened(row, "terms")
    return Terms.from_json(text) if text else None


def wordings_of(*rows: Agreement | Proposal) -> list[Wording]:
    """Each with its terms in words; the cohorts that they name are read at once."""
    read = [(opened(row, "text"), terms_in(row)) for row in rows]
    cohorts = _cohorts(terms.cohort for _text, terms in read if terms is not None)
    return [Wording(text, terms, in_words(terms, cohorts) if terms else ()) for text, terms in read]


def compared(old: Wording, new: Wording) -> Comparison | None:
    """What differs between two versions; None where one of them cannot be read."""
    if old.text is None or new.text is None or not (old.opens and new.opens):
        return None
    terms = [
        TermLine(after.label, after.words, before=before.words)
        for before, after in zip(old.lines, new.lines, strict=True)
        if before.words != after.words
    ]
    return Comparison(paragraphs_between(old.text, new.text), old.text != new.text, terms)


def in_words(terms: Terms, cohorts: dict[UUID, Cohort]) -> list[TermLine]:
    """The terms as a member reads them."""
    return [
        TermLine(_("Name"), terms.name),
        TermLine(_("Purpose"), terms.purpose),
        TermLine(_("How people come in"), str(terms.joining.label)),
        TermLine(_("Who knows of the room"), _listing(terms)),
        TermLine(_("How long words are kept"), _keeping(terms, cohorts)),
        TermLine(_("Notes to the whole group"), _waiting(terms)),
    ]


def _listing(terms: Terms) -> str:
    if terms.is_listed:
        return _(
            "Every member of the initiative can read its name, its purpose and how to join, and nothing else."
        )
    return _("Only its members, and who is invited, know that it exists.")


def _keeping(terms: Terms, cohorts: dict[UUID, Cohort]) -> str:
    if terms.keeping != Keeping.COHORT or terms.cohort is None:
        return str(terms.keeping.label)
    cohort = cohorts.get(terms.cohort)
    if cohort is None:
        return _("until a cohort ends that is not there any more")
    if cohort.ends_on is None:
        return _("until the cohort %(name)s ends; it has no last day yet") % {"name": cohort.name}
    words = _("until the cohort %(name)s ends, on %(date)s")
    return words % {"name": cohort.name, "date": date_format(cohort.ends_on, "DATE_FORMAT")}


def _waiting(terms: Terms) -> str:
    words = ngettext(
        "A note stays inside for %(days)d day after its last change, and longer when somebody holds it.",
        "A note stays inside for %(days)d days after its last change, and longer when somebody holds it.",
        terms.wait_days,
    )
    return words % {"days": terms.wait_days}


def _cohorts(named: Iterable[UUID | None]) -> dict[UUID, Cohort]:
    wanted = {pk for pk in named if pk is not None}
    return Cohort.objects.in_bulk(wanted) if wanted else {}
