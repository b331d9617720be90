"""The numbers about a cohort, the same for everybody who may see the cohort."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from backbone.insights.drawing import bars_of
from backbone.insights.showing import Insights, csv_of, insights_of, json_of
from backbone.models import Snapshot
from cohorts.models import Cohort
from cohorts.permissions import cohorts_visible_to
from core.access import MEMBER, open_to, visible_or_404
from curriculum.outline import outline_for


@open_to(MEMBER)
@require_GET
def insights_show(request: HttpRequest, slug: str) -> HttpResponse:
    """The page: what was counted last, when, and why something is not shown."""
    cohort, snapshot, insights = _found(request, slug)
    lines = insights.modules if insights else ()
    picture = bars_of(lines, title=_("Modules finished")) if lines else ""
    context = {"cohort": cohort, "snapshot": snapshot, "insights": insights, "picture": picture}
    return render(request, "backbone/insights_show.html", context)


@open_to(MEMBER)
@require_GET
def insights_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same lines for a spreadsheet."""
    _cohort, _snapshot, insights = _found(request, slug)
    text = csv_of(insights.lines if insights else ())
    return HttpResponse(text, content_type="text/csv; charset=utf-8; header=present")


@open_to(MEMBER)
@require_GET
def insights_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same lines for a program."""
    _cohort, _snapshot, insights = _found(request, slug)
    return JsonResponse(json_of(insights.lines if insights else ()), safe=False)


def _found(request: HttpRequest, slug: str) -> tuple[Cohort, Snapshot | None, Insights | None]:
    """The cohort, if this reader may know of it and all of its people still read of it, and what is on show of it."""
    cohorts = cohorts_visible_to(request.user).read_by_all()  # type: ignore[attr-defined]
    cohort = visible_or_404(cohorts.select_related("snapshot"), slug=slug)
    snapshot = getattr(cohort, "snapshot", None)
    if snapshot is None:
        return cohort, None, None
    return cohort, snapshot, insights_of(snapshot, outline_for(request.user, request).modules)
