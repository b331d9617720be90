"""The meetings of a cohort: all of them, one, calling and changing one, and the file for one's calendar."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.actions import (
    HasBegun,
    IsCalledOff,
    MeetingConflict,
    call_meetings,
    call_off_meeting,
    change_meeting,
)
from cohorts.attendance_views import meeting_of, meeting_page
from cohorts.meeting_forms import CallForm, MeetingForm
from cohorts.meeting_reading import coming_page, file_of, past_page, zone_for
from cohorts.models import Cohort, Meeting
from cohorts.over import answers_over, over_page
from cohorts.permissions import (
    can_announce_in_cohort,
    can_change_meeting,
    cohorts_visible_to,
    meetings_visible_to,
)
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.calendars import calendar_answer
from core.idempotency import once
from core.keptform import keeps

NOT_YOURS = gettext_lazy(
    "Facilitators of the cohort and the backbone team call meetings. Tell one of them what you would like."
)


@open_to(MEMBER)
@require_GET
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Those to come (`?page=`) and those that are past (`?past=`)."""
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    context = {
        "cohort": cohort,
        "coming": coming_page(cohort, request.GET.get("page")),
        "past": past_page(cohort, request.GET.get("past"), request.user),
        "can_call": can_announce_in_cohort(request.user, cohort),
    }
    return render(request, "cohorts/meeting_list.html", context)


@open_to(MEMBER)
@require_GET
def meeting_show(request: HttpRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """When and where, the agenda, and for who learns here whether they were there."""
    return meeting_page(request, meeting_of(request, slug, meeting_id))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(CallForm)
@answers_over
def meeting_call(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting, or several in a rhythm. `?like=` names one whose words the form begins with."""
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    if cohort.is_over:
        return over_page(request, cohort)
    require(can_announce_in_cohort(request.user, cohort), str(NOT_YOURS))
    if request.method == "GET":
        form = CallForm.new(zone_for(cohort, request.user), _like(request, cohort))
        return _form_page(request, cohort, form)
    form = CallForm(request.POST, last_day=cohort.ends_on)
    if not form.is_valid():
        return _form_page(request, cohort, form)
    called = call_meetings(cohort=cohort, plans=form.plans, by=request.user)
    if called[-1].has_begun:
        messages.success(request, _("Noted. Nobody gets a notice of a meeting that is past."))
    else:
        messages.success(request, _("Called. Everybody in the cohort gets a notice."))
    if len(called) > 1:
        return redirect("cohorts:meeting_list", slug)
    return redirect("cohorts:meeting_show", slug, called[0].pk)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(MeetingForm)
@answers_over
def meeting_edit(request: HttpRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """Change a meeting. When somebody else did meanwhile, both stand on the page."""
    meeting = meeting_of(request, slug, meeting_id)
    if meeting.cohort.is_over:
        return over_page(request, meeting.cohort)
    require(can_announce_in_cohort(request.user, meeting.cohort), str(NOT_YOURS))
    if request.method == "GET":
        is_off = not can_change_meeting(request.user, meeting)
        return _form_page(request, meeting.cohort, MeetingForm.of(meeting), is_off=is_off)
    form = MeetingForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return _form_page(request, meeting.cohort, form)
    return _changed(request, meeting, form)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@answers_over
def meeting_call_off(request: HttpRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """Ask, and then call it off."""
    meeting = meeting_of(request, slug, meeting_id)
    if meeting.cohort.is_over:
        return over_page(request, meeting.cohort)
    require(can_announce_in_cohort(request.user, meeting.cohort), str(NOT_YOURS))
    shown = redirect("cohorts:meeting_show", slug, meeting.pk)
    if meeting.called_off_at is not None or meeting.has_begun:
        return shown  # it says there that it is called off, or has begun
    if request.method == "GET":
        context = {"cohort": meeting.cohort, "meeting": meeting}
        return render(request, "cohorts/meeting_call_off.html", context)
    try:
        call_off_meeting(meeting=meeting, by=request.user)
    except (HasBegun, IsCalledOff):
        return shown
    messages.success(request, _("Called off. Everybody in the cohort gets a notice."))
    return shown


@open_to(MEMBER)
@require_GET
def meeting_file(request: HttpRequest, slug: str, meeting_id: UUID) -> HttpResponse:
    """One meeting for one's own calendar: the time alone, or with `?words=all` title, place and link."""
    meeting = meeting_of(request, slug, meeting_id)
    in_full = request.GET.get("words") == "all"
    return calendar_answer(
        file_of(meeting, acting_member(request), in_full=in_full), name="meeting.ics"
    )


def _changed(request: HttpRequest, meeting: Meeting, form: MeetingForm) -> HttpResponse:
    try:
        change_meeting(
            meeting=meeting, plan=form.plans[0], seen=form.seen_revision, by=request.user
        )
    except IsCalledOff:
        return _form_page(request, meeting.cohort, form, is_off=True)
    except HasBegun:
        form.add_error("day", _("The meeting has begun, so its time stays. The rest can change."))
        return _form_page(request, meeting.cohort, form)
    except MeetingConflict as conflict:
        stored = conflict.stored
        context = {"cohort": stored.cohort, "meeting": stored, "form": form.over(stored)}
        return render(request, "cohorts/meeting_conflict.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("cohorts:meeting_show", meeting.cohort.slug, meeting.pk)


def _like(request: HttpRequest, cohort: Cohort) -> Meeting | None:
    """The meeting that `?like=` names; None for none, and 404 for one that is not of this cohort."""
    named = request.GET.get("like")
    if not named:
        return None
    return visible_or_404(meetings_visible_to(request.user), pk=named, cohort=cohort.pk)


def _form_page(
    request: HttpRequest, cohort: Cohort, form: MeetingForm, *, is_off: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "cohort": cohort,
        "meeting": form.meeting,
        "form": form,
        "is_off": is_off,
    }
    status = 409 if is_off and request.method == "POST" else 200
    return render(request, "cohorts/meeting_form.html", context, status=status)
