"""Progress by name: those who facilitate read names; who learns switches their own on or off, and reads what is seen of them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from backbone.insights.actions import show_by_name, stop_showing
from backbone.insights.naming import Seen, names_on_show, seen_of
from backbone.insights.permissions import (
    can_be_shown,
    cohorts_named_to,
    is_counted_here,
    places_of_learners,
)
from backbone.models import Snapshot
from cohorts.models import Cohort, Membership
from cohorts.over import answers_over
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.idempotency import once
from curriculum.outline import outline_for

COUNTED_ELSEWHERE = gettext_lazy(
    "You are counted in the first cohort that you were in, so here your progress is never shown by name. Nothing was changed."
)


@open_to(MEMBER)
@require_GET
def progress_show(request: HttpRequest, slug: str) -> HttpResponse:
    """For who facilitates: the names. For who learns: their own switch, and what is seen of them. For nobody else."""
    cohort = cohorts_named_to(request.user).select_related("snapshot").filter(slug=slug).first()
    if cohort is not None:
        return _names_page(request, cohort)
    place = visible_or_404(_places(request), cohort__slug=slug)
    return _own_page(request, place)


@open_to(MEMBER)
@require_POST
@once
@answers_over
def progress_name(request: HttpRequest, slug: str) -> HttpResponse:
    """Let those who facilitate see one's progress by name, from the next weekly count on."""
    place = visible_or_404(_places(request), cohort__slug=slug)
    require(can_be_shown(request.user, place), str(COUNTED_ELSEWHERE))
    show_by_name(membership=place, by=acting_member(request))
    words = _("Switched on. From the next weekly count on, those who facilitate see by name which modules you finished. Until then nobody sees anything, and you can switch it off.")  # fmt: skip
    messages.success(request, words)
    return redirect("insights:progress_show", slug)


@open_to(MEMBER)
@require_POST
@once
def progress_stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's name away at once."""
    place = visible_or_404(_places(request), cohort__slug=slug)
    stop_showing(membership=place, by=acting_member(request))
    messages.success(request, _("Switched off. Your name is gone from the page of those who facilitate. What they have read they may remember."))  # fmt: skip
    return redirect("insights:progress_show", slug)


def _places(request: HttpRequest) -> QuerySet[Membership]:
    """The reader's own places as one who learns."""
    rows = places_of_learners(request.user)
    return rows.select_related("cohort__snapshot", "named_progress")


def _names_page(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    snapshot: Snapshot | None = getattr(cohort, "snapshot", None)
    modules = outline_for(request.user, request).modules if snapshot else ()
    context = {
        "cohort": cohort,
        "snapshot": snapshot,
        "modules": names_on_show(cohort, snapshot, modules) if snapshot else [],
    }
    return render(request, "backbone/progress_names.html", context)


def _own_page(request: HttpRequest, place: Membership) -> HttpResponse:
    snapshot: Snapshot | None = getattr(place.cohort, "snapshot", None)
    modules = outline_for(request.user, request).modules if snapshot else ()
    seen = seen_of(request.user, place.cohort, snapshot, modules) if snapshot else []
    facilitators = place.cohort.memberships.current().filter(is_facilitator=True).for_page()
    context = {
        "cohort": place.cohort,
        "snapshot": snapshot,
        "is_counted_here": is_counted_here(place),
        "is_shown": hasattr(place, "named_progress"),
        "seen": seen,
        "never": [title for title, what in seen if what is Seen.BEHIND],
        "facilitators": [row.member for row in facilitators],
    }
    return render(request, "backbone/progress_own.html", context)
