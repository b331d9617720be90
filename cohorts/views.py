"""The cohort's page and its announcements. What it talks about is in `talk_views`."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.actions import (
    StaleEdit,
    delete_announcement,
    edit_announcement,
    post_announcement,
)
from cohorts.forms import AnnouncementForm
from cohorts.meeting_reading import next_meeting
from cohorts.models import Announcement, Cohort
from cohorts.over import answers_over, over_page
from cohorts.permissions import (
    announcements_visible_to,
    can_announce_in_cohort,
    can_delete_announcement,
    can_run_cohort,
    cohorts_visible_to,
)
from core.access import MEMBER, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps

A_PAGE = 20


@open_to(MEMBER)
@require_GET
def cohort_show(request: HttpRequest, slug: str) -> HttpResponse:
    """The cohort's page: announcements and open prompts, newest first, and who is in it."""
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    return _cohort_page(request, cohort, AnnouncementForm())


@open_to(MEMBER)
@require_POST
@once
@keeps(AnnouncementForm)
@answers_over
def announcement_post(request: HttpRequest, slug: str) -> HttpResponse:
    """Post an announcement: facilitators of the cohort and the backbone."""
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    if cohort.is_over:
        return over_page(request, cohort)
    require(
        can_announce_in_cohort(request.user, cohort),
        _("Facilitators post announcements here. Ask one of them to pass on what you have to say."),
    )
    form = AnnouncementForm(request.POST)
    if not form.is_valid():
        return _cohort_page(request, cohort, form)
    post_announcement(cohort=cohort, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Posted. Everybody in the cohort gets a notice."))
    return redirect("cohorts:cohort_show", slug)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(AnnouncementForm)
@answers_over
def announcement_edit(request: HttpRequest, slug: str, announcement_id: UUID) -> HttpResponse:
    """Change one's own announcement. When it was changed elsewhere meanwhile, both texts are shown."""
    announcement = _own(request, slug, announcement_id)
    if announcement.cohort.is_over:
        return over_page(request, announcement.cohort)
    form = AnnouncementForm.editing(announcement, request.POST or None)
    context = {"cohort": announcement.cohort, "announcement": announcement, "form": form}
    if request.method == "GET" or not form.is_valid():
        return render(request, "cohorts/announcement_edit.html", context)
    try:
        edit_announcement(
            announcement=announcement,
            text=form.cleaned_data["text"],
            seen_revision=form.cleaned_data["revision"] or 0,
            by=request.user,
        )
    except StaleEdit as stale:
        typed = {"text": form.cleaned_data["text"], "revision": stale.current.revision}
        context |= {"announcement": stale.current, "form": AnnouncementForm(initial=typed)}
        return render(request, "cohorts/announcement_conflict.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("cohorts:cohort_show", slug)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def announcement_delete(request: HttpRequest, slug: str, announcement_id: UUID) -> HttpResponse:
    """Ask, and then delete one's own announcement."""
    announcement = _own(request, slug, announcement_id)
    if request.method == "POST":
        delete_announcement(announcement=announcement, by=request.user)
        messages.success(request, _("Deleted."))
        return redirect("cohorts:cohort_show", slug)
    context = {"cohort": announcement.cohort, "announcement": announcement}
    return render(request, "cohorts/announcement_delete.html", context)


def _own(request: HttpRequest, slug: str, announcement_id: UUID) -> Announcement:
    """The announcement: 404 for who may not know of it, 403 for who may read it and did not write it."""
    rows = announcements_visible_to(request.user).select_related("cohort")
    announcement = visible_or_404(rows, pk=announcement_id, cohort__slug=slug)
    require(
        can_delete_announcement(request.user, announcement),
        _("An announcement is changed by the person who wrote it."),
    )
    return announcement


def _cohort_page(request: HttpRequest, cohort: Cohort, form: AnnouncementForm) -> HttpResponse:
    cohort.places_read = list(cohort.memberships.current().for_page())
    pages = Paginator(cohort.announcements.for_page(), A_PAGE)
    can_announce = can_announce_in_cohort(request.user, cohort)
    context: dict[str, Any] = {
        "cohort": cohort,
        "page": pages.get_page(request.GET.get("page")),
        "next_meeting": next_meeting(cohort),
        "talks": Paginator(cohort.prompts.for_page(), A_PAGE).get_page(request.GET.get("talk")),
        "memberships": cohort.places_read,
        "can_announce": can_announce,
        "can_run": can_announce or can_run_cohort(request.user, cohort),
        "form": form,
    }
    return render(request, "cohorts/cohort_show.html", context)
