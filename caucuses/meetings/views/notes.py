"""Writing the notes of a meeting."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caucuses.entering import seated
from caucuses.meetings.actions import OLDER, NotesConflict, save_notes
from caucuses.meetings.forms import NotesForm
from caucuses.meetings.models import Meeting, Notes
from caucuses.meetings.permissions import can_write_notes, notes_visible_to
from caucuses.meetings.reading import notes_of
from caucuses.meetings.views.read import meeting_of
from caucuses.models import Seat
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Notes)
@seated
@keeps(NotesForm)
def notes_edit(request: HttpRequest, seat: Seat, meeting_id: UUID) -> HttpResponse:
    """Write them. When somebody else did meanwhile, both texts stand on the page."""
    meeting = meeting_of(seat, meeting_id)
    require(can_write_notes(seat, meeting), str(OLDER))
    if request.method == "GET":
        notes = notes_visible_to(seat).filter(meeting=meeting).first()
        is_shut = notes_of(notes) is None
        return _page(request, seat, meeting, NotesForm.of(notes), is_shut=is_shut)
    form = NotesForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, meeting, form)
    try:
        save_notes(
            seat=seat, meeting=meeting, text=form.cleaned_data["text"], seen=form.seen_revision
        )
    except NotesConflict as conflict:
        context = {
            "seat": seat,
            "meeting": meeting,
            "form": form.over(conflict.stored),
            "html": notes_of(conflict.stored),
        }
        return render(request, "meetings/notes_conflict.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("meetings:meeting_show", seat.caucus_id, meeting.pk)


def _page(
    request: HttpRequest, seat: Seat, meeting: Meeting, form: NotesForm, *, is_shut: bool = False
) -> HttpResponse:
    context = {"seat": seat, "meeting": meeting, "form": form, "is_shut": is_shut}
    return render(request, "meetings/notes_edit.html", context)
