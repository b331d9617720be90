"""The member's own cohorts, read once for a request: a page lists them, and the navigation beside it names the latest."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cohorts.models import Cohort

MOST_LINES = 3


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
        rows = Cohort.objects.of(request.user).order_by("-starts_on", "name")
        return list(rows[:MOST_LINES])
    by_name = sorted(kept, key=lambda cohort: cohort.name)
    return sorted(by_name, key=lambda cohort: cohort.starts_on, reverse=True)[:MOST_LINES]
