"""The pair's page of notes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.actions.agreements import hold_pair
from accountability.buddies.models import Pair
from accountability.checkins.choices import LONGEST_NOTES
from accountability.checkins.keys import SHUT
from accountability.checkins.models import PairNotes
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind
from core.text import CLEANER_VERSION, clean_markdown


class NotesConflict(Exception):
    """The notes were changed by somebody else, or in another tab, meanwhile. Nothing was changed; `stored` is what stands there."""

    def __init__(self, stored: PairNotes) -> None:
        super().__init__("The notes were changed meanwhile.")
        self.stored = stored


@transaction.atomic
def save_notes(*, pair: Pair, by: Any, body: str, seen: int) -> PairNotes:
    """Save the page. `seen` is the version that the form began with, 0 for none. The same text twice is one change.

    Raises NotesConflict when there is another text since, and PairEnded when the pair ended, or the member left it, meanwhile.
    """
    pair = hold_pair(pair, by)
    notes = PairNotes.objects.filter(pair=pair).first()
    if notes is None:
        owners.get_ready([Owner(OwnerKind.PAIR, pair.pk)])
        notes = PairNotes(pair=pair)
    elif _body(notes) == body:
        return notes
    elif notes.version != seen:
        raise NotesConflict(notes)
    notes.body, notes.html, notes.html_by = body, _html(body), CLEANER_VERSION
    notes.version, notes.changed_at, notes.changed_by = notes.version + 1, timezone.now(), by
    notes.save()
    return notes


def shown_notes(notes: PairNotes) -> str:
    """The notes as HTML, made anew and kept where an older cleaner made it. Raises CannotOpen."""
    if notes.html_by < CLEANER_VERSION:
        notes.html, notes.html_by = _html(str(notes.body)), CLEANER_VERSION
        sealed = PairNotes._meta.get_field("html").seal(notes.html, notes)
        same = PairNotes.objects.filter(pk=notes.pk, version=notes.version)
        same.update(html=sealed, html_by=CLEANER_VERSION)
    return str(notes.html)


def _html(body: str) -> str:
    return clean_markdown(body, longest=LONGEST_NOTES)


def _body(notes: PairNotes) -> str | None:
    try:
        return str(notes.body)
    except SHUT:
        return None
