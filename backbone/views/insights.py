"""The numbers about a cohort, of this week and of those before, the same for everybody who may see the cohort."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backbone.insights.drawing import bars_of
from backbone.insights.showing import Insights, csv_of, insights_of, json_of
from backbone.models import PublishedWeek, Snapshot
from cohorts.models import Cohort
from cohorts.permissions import cohorts_visible_to
from core.access import MEMBER, open_to, visible_or_404
from curriculum.outline import outline_for

A_PAGE = 20


@open_to(MEMBER)
@require_GET
def insights_show(request: HttpRequest, slug: str) -> HttpResponse:
    """The page: what was counted last, when, and why something is not shown."""
    cohort, snapshot, insights = _found(request, slug)
    context = {"cohort": cohort, "snapshot": snapshot, **_shown(insights)}
    return render(request, "backbone/insights_show.html", context)


@open_to(MEMBER)
@require_GET
def insights_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same lines for a spreadsheet."""
    _cohort, _snapshot, insights = _found(request, slug)
    return _as_csv(insights or Insights([], [], []))


@open_to(MEMBER)
@require_GET
def insights_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same lines for a program."""
    _cohort, _snapshot, insights = _found(request, slug)
    return _as_json(insights or Insights([], [], []))


@open_to(MEMBER)
@require_GET
def week_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The days on which was counted, newest first; each leads to its numbers."""
    cohort = visible_or_404(_cohorts(request), slug=slug)
    rows = PublishedWeek.objects.filter(cohort=cohort).only("counted_on")
    context = {"cohort": cohort, "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page"))}
    return render(request, "backbone/week_list.html", context)


@open_to(MEMBER)
@require_GET
def week_show(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The numbers as they stood since that day, until the next count."""
    week, insights = _found_week(request, slug, day)
    context = {"cohort": week.cohort, "week": week, **_shown(insights)}
    return render(request, "backbone/week_show.html", context)


@open_to(MEMBER)
@require_GET
def week_csv(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The same lines for a spreadsheet."""
    return _as_csv(_found_week(request, slug, day)[1])


@open_to(MEMBER)
@require_GET
def week_json(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The same lines for a program."""
    return _as_json(_found_week(request, slug, day)[1])


def _cohorts(request: HttpRequest) -> Any:
    """The cohorts that this reader may know of and that all of their people still read of."""
    return cohorts_visible_to(request.user).read_by_all()  # type: ignore[attr-defined]


def _found(request: HttpRequest, slug: str) -> tuple[Cohort, Snapshot | None, Insights | None]:
    """The cohort, and what is on show of it."""
    cohort: Cohort = visible_or_404(_cohorts(request).select_related("snapshot"), slug=slug)
    snapshot = getattr(cohort, "snapshot", None)
    if snapshot is None:
        return cohort, None, None
    modules = outline_for(request.user, request).modules
    return cohort, snapshot, insights_of(snapshot.published, snapshot.taken_on, modules)


def _found_week(request: HttpRequest, slug: str, day: str) -> tuple[PublishedWeek, Insights]:
    """The week that began to be shown on this day."""
    weeks = PublishedWeek.objects.filter(cohort__in=_cohorts(request)).select_related("cohort")
    week = visible_or_404(weeks, cohort__slug=slug, counted_on=_day(day))
    modules = outline_for(request.user, request).modules
    return week, insights_of(week.published, week.counted_on, modules)


def _day(text: str) -> date | None:
    """The day that an address names as we write it; none for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _shown(insights: Insights | None) -> dict[str, Any]:
    lines = insights.modules if insights else []
    picture = bars_of(lines, title=_("Modules finished")) if lines else ""
    return {"insights": insights, "picture": picture}


def _as_csv(insights: Insights) -> HttpResponse:
    return HttpResponse(
        csv_of(insights.lines), content_type="text/csv; charset=utf-8; header=present"
    )


def _as_json(insights: Insights) -> HttpResponse:
    return JsonResponse(json_of(insights.lines), safe=False)
