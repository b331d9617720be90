"""Messages in a report, from both sides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from care import notifications
from care.actions.refusals import TooMany, Withdrawn
from care.actions.reports import held
from care.choices import MOST_NOTES, NOTES_WITHIN, State
from care.models import Report, ReportNote
from care.permissions import can_see_report, did_write_report
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind


@transaction.atomic
def write_note(*, report: Report, note_id: UUID, text: str, by: Any) -> ReportNote:
    """Write to the other side, who is told that there is something new. The same form sent twice writes once.

    What the contact writes says that they have read it. Raises Withdrawn when the report was taken back meanwhile, and
    TooMany after many in an hour.
    """
    row = held(report)
    require(can_see_report(by, row))
    known = ReportNote.objects.filter(pk=note_id).first()
    if known is not None:
        return known
    by_writer = did_write_report(by, row)
    recent = row.notes.filter(by_writer=by_writer, written_at__gt=timezone.now() - NOTES_WITHIN)
    if recent.count() >= MOST_NOTES:
        raise TooMany
    if owners.get_ready([Owner(OwnerKind.REPORT, row.pk)]):
        raise Withdrawn  # its key is gone, and whoever destroyed it was interrupted before the row
    note = ReportNote(id=note_id, report=row, by_writer=by_writer, text=text)
    note.save(force_insert=True)
    if not by_writer and row.state == State.SENT:
        row.state = State.READ
    row.changed_at = note.written_at
    row.save(update_fields=["state", "changed_at"])
    notifications.news_for_other_side(row, by)
    return note
