"""The page of one meeting, and who was there: what a member says themselves, and what facilitators note."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cohorts.actions import NotYet, note_attendance, say_attendance, take_back_attendance
from cohorts.attendance_forms import AttendanceForm
from cohorts.choices import Presence
from cohorts.meeting_reading import lines_of, own_of
from cohorts.models import Meeting
from cohorts.permissions import (
    can_change_meeting,
    can_note_attendance,
    can_speak_of_meeting,
    facilitates_cohort,
    meetings_visible_to,
)
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps

FOR_FACILITATORS = gettext_lazy(
    "Who was at a meeting is noted by facilitators of the cohort, once it has begun. Others say it for themselves, on the meeting’s page."
)
FOR_PARTICIPANTS = gettext_lazy(
    "This is for who learns in the cohort, about themselves, while the meeting is not called off."
)
TAKEN_BACK = "nothing"


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["state"])
def attendance_say(request: HttpRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """Say that one was there or could not come, or take back what one said."""
    meeting = meeting_of(request, slug, meeting_id)
    require(can_speak_of_meeting(request.user, meeting), str(FOR_PARTICIPANTS))
    state = request.POST.get("state")
    if state == TAKEN_BACK:
        take_back_attendance(meeting=meeting, by=request.user)
        messages.success(request, _("Taken back."))
    elif state in {Presence.THERE, Presence.EXCUSED}:
        try:
            say_attendance(meeting=meeting, state=Presence(state), by=request.user)
            messages.success(request, _("Noted. You and the facilitators see it, and nobody else."))
        except NotYet:
            messages.error(request, _("The meeting has not begun yet. Say it when you are there."))
    else:
        messages.error(request, _("Nothing was chosen, and nothing changed. Press one of the buttons."))  # fmt: skip
    return redirect("cohorts:meeting_show", slug, meeting.pk)


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["state-*", "seen-*"])
def attendance_note(request: HttpRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """Note who was there: facilitators, once the meeting has begun."""
    meeting = meeting_of(request, slug, meeting_id)
    require(can_note_attendance(request.user, meeting), str(FOR_FACILITATORS))
    lines = lines_of(meeting, request.user)
    form = AttendanceForm(request.POST, lines=lines)
    if not form.is_valid():
        return meeting_page(request, meeting, form)
    refused = note_attendance(meeting=meeting, noted=form.noted, by=request.user)
    names = [line.member.get_full_name() for line in lines if line.member.pk in refused]
    if names:
        words = _(
            "Saved, but not for %(names)s: they, or another facilitator, said something else meanwhile. It stands below."
        )
        messages.warning(request, words % {"names": ", ".join(names)})
    else:
        messages.success(request, _("Saved. Each person sees what is noted of them."))
    return redirect("cohorts:meeting_show", slug, meeting.pk)


def meeting_of(request: HttpRequest, slug: str, meeting_id: UUID) -> Meeting:
    """A meeting that the reader may know of; 404 for any other."""
    rows = meetings_visible_to(request.user).select_related("cohort", "made_by")
    return visible_or_404(rows, pk=meeting_id, cohort__slug=slug)


def meeting_page(
    request: HttpRequest, meeting: Meeting, form: AttendanceForm | None = None
) -> HttpResponse:
    """The page of the meeting, as this reader may see it."""
    reader = acting_member(request)
    can_note = can_note_attendance(reader, meeting)
    is_facilitator = facilitates_cohort(reader, meeting.cohort)
    may_say = meeting.has_begun or not meeting.cohort.is_over
    lines = lines_of(meeting, reader) if is_facilitator and meeting.called_off_at is None else []
    context: dict[str, Any] = {
        "cohort": meeting.cohort,
        "meeting": meeting,
        "can_change": can_change_meeting(reader, meeting),
        "can_speak": may_say and can_speak_of_meeting(reader, meeting),
        "own": own_of([meeting], reader).get(meeting.pk),
        "excused": [line.member for line in lines if not meeting.has_begun and line.row],
        "form": (form or AttendanceForm(lines=lines)) if can_note else None,
    }
    return render(request, "cohorts/meeting_show.html", context)
