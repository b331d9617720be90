"""The notes of a meeting: of the room, written by any member, signed by nobody."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.actions.holding import hold_caucus
from caucuses.meetings.models import Meeting, Notes
from caucuses.meetings.permissions import can_write_notes, meetings_visible_to
from caucuses.models import Seat
from core.access import require, visible_or_404
from core.crypto.envelope import CannotOpen
from core.text import CLEANER_VERSION, clean_markdown

#: Why somebody does not write in notes that they do not read.
OLDER = _(
    "These notes were written before you came, so they are not shown to you. Somebody who was here can write in them; then all of you read them and write on."
)


class NotesConflict(Exception):
    """Somebody wrote since, or the same member in another tab. Nothing was changed; `stored` is what stands there."""

    def __init__(self, stored: Notes) -> None:
        super().__init__("The notes were changed meanwhile.")
        self.stored = stored


@transaction.atomic
def save_notes(*, seat: Seat, meeting: Meeting, text: str, seen: int) -> Notes:
    """Save the notes. `seen` is the revision that the form began with, 0 for none. The same text once more changes nothing.

    Raises NotesConflict when there is another text since, and Http404 when the meeting has gone.
    """
    now = hold_caucus(seat)
    stored = visible_or_404(meetings_visible_to(now), pk=meeting.pk)
    require(can_write_notes(now, stored), str(OLDER))
    notes = Notes.objects.filter(meeting=stored).first()
    if notes is None:
        notes = Notes(caucus=now.caucus, meeting=stored, revision=0)
    elif _is_same(notes, text):
        return notes
    elif notes.revision != seen:
        raise NotesConflict(notes)
    notes.text, notes.html = text, clean_markdown(text)
    notes.cleaner_version, notes.changed_at = CLEANER_VERSION, timezone.now()
    notes.revision += 1
    notes.save()
    return notes


def _is_same(notes: Notes, text: str) -> bool:
    try:
        return str(notes.text) == text and bool(str(notes.html)) == bool(text)
    except CannotOpen:
        return False
