"""The member's own cohorts, read once for a request: a page lists them, and the navigation beside it names the latest."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, UUIDField
from django.http import HttpRequest

from cohorts.models import Cohort
from core.prepared import Given, Prepared

MOST_LINES = 3


def _latest() -> QuerySet[Cohort]:
    rows = Cohort.objects.of(Given("member", UUIDField()))
    return rows.order_by("-starts_on", "name")[:MOST_LINES]


_LATEST = Prepared(_latest)


def own_cohorts(request: HttpRequest) -> list[Cohort]:
    """All cohorts in which the member is now, the earliest first: one query a request."""
    kept: list[Cohort] | None = request.__dict__.get("own_cohorts")
    if kept is None:
        kept = request.__dict__["own_cohorts"] = list(Cohort.objects.of(request.user))
    return kept


def latest_cohorts(request: HttpRequest) -> list[Cohort]:
    """The latest few: of all where the page has read them already, else they alone."""
    kept: Any = request.__dict__.get("own_cohorts")
    if kept is None:
        return _LATEST.ask(member=request.user.pk)
    by_name = sorted(kept, key=lambda cohort: cohort.name)
    return sorted(by_name, key=lambda cohort: cohort.starts_on, reverse=True)[:MOST_LINES]
