"""The member's own cohorts, read once for a request: a page lists them, with their next meetings, and the navigation beside it
names the latest.
"""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, UUIDField
from django.http import HttpRequest

from cohorts.models import Cohort, Meeting
from core.prepared import Given, Prepared

MOST_LINES = 3
#: What a card needs of a meeting.
_SHOWN = ("id", "title", "starts_at", "ends_at")


def _latest() -> QuerySet[Cohort]:
    rows = Cohort.objects.of(Given("member", UUIDField()))
    return rows.order_by("-starts_on", "name")[:MOST_LINES]


_LATEST = Prepared(_latest)


def own_cohorts(request: HttpRequest) -> list[Cohort]:
    """All cohorts in which the member is now, the earliest first, each with its next meeting: one query a request."""
    kept: list[Cohort] | None = request.__dict__.get("own_cohorts")
    if kept is None:
        kept = request.__dict__["own_cohorts"] = list(
            Cohort.objects.of(request.user).annotate(**_next_meetings())
        )
    return kept


def own_next_meeting(request: HttpRequest) -> Meeting | None:
    """The next meeting of the member's own cohorts that takes place, with what a card shows; no query of its own."""
    found = [
        Meeting(cohort=cohort, **{name: getattr(cohort, f"next_{name}") for name in _SHOWN})
        for cohort in own_cohorts(request)
        if getattr(cohort, "next_id", None) is not None
    ]
    return min(found, key=lambda meeting: meeting.starts_at, default=None)


def _next_meetings() -> dict[str, Subquery]:
    rows = Meeting.objects.filter(cohort=OuterRef("pk")).taking_place().to_come()
    return {f"next_{name}": Subquery(rows.values(name)[:1]) for name in _SHOWN}


def latest_cohorts(request: HttpRequest) -> list[Cohort]:
    """The latest few: of all where the page has read them already, else they alone."""
    kept: Any = request.__dict__.get("own_cohorts")
    if kept is None:
        return _LATEST.ask(member=request.user.pk)
    by_name = sorted(kept, key=lambda cohort: cohort.name)
    return sorted(by_name, key=lambda cohort: cohort.starts_on, reverse=True)[:MOST_LINES]
