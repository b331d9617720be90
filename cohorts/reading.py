"""The member's own cohorts, read once for a request: a page lists them, with their next meetings, and the navigation beside it
names the latest.
"""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery, UUIDField
from django.http import HttpRequest

from cohorts.models import Cohort, Meeting
from cohorts.querysets import first_read_end
from core.prepared import Given, Prepared, Somebody

MOST_LINES = 3
#: What a card needs of a meeting.
_SHOWN = ("id", "title", "starts_at", "ends_at")


def _latest() -> QuerySet[Cohort]:
    member, first_end = Given("member", UUIDField()), Given("first_end", DateField())
    rows = Cohort.objects.read_by(member, first_end=first_end)
    return rows.order_by("-starts_on", "name")[:MOST_LINES]


_LATEST = Prepared(_latest)


def _own() -> Any:
    rows = Cohort.objects.of(Somebody())
    return rows.annotate(is_mine_to_run=F("memberships__is_facilitator"), **_next_meetings())


_OWN: Prepared[Cohort] = Prepared(_own)


def own_cohorts(request: HttpRequest) -> list[Cohort]:
    """All cohorts in which the member is now, the earliest first, also those that ended long ago, each with its next meeting: one query a request."""
    kept: list[Cohort] | None = request.__dict__.get("own_cohorts")
    if kept is None:
        kept = request.__dict__["own_cohorts"] = _OWN.ask(member=request.user.pk)
    return kept


def read_cohorts(request: HttpRequest) -> list[Cohort]:
    """Those of them whose page the member reads. The same query."""
    rows: list[Any] = own_cohorts(request)
    return [cohort for cohort in rows if cohort.is_read_by_all or cohort.is_mine_to_run]


def own_next_meeting(request: HttpRequest) -> Meeting | None:
    """The next meeting of the member's own cohorts that are not over, with what a card shows; no query of its own."""
    found = [
        Meeting(cohort=cohort, **{name: getattr(cohort, f"next_{name}") for name in _SHOWN})
        for cohort in read_cohorts(request)
        if not cohort.is_over and getattr(cohort, "next_id", None) is not None
    ]
    return min(found, key=lambda meeting: meeting.starts_at, default=None)


def _next_meetings() -> dict[str, Subquery]:
    rows = Meeting.objects.filter(cohort=OuterRef("pk")).taking_place().to_come()
    return {f"next_{name}": Subquery(rows.values(name)[:1]) for name in _SHOWN}


def latest_cohorts(request: HttpRequest) -> list[Cohort]:
    """The latest few whose page the member reads: of all where the page has read them already, else they alone."""
    if request.__dict__.get("own_cohorts") is None:
        return _LATEST.ask(member=request.user.pk, first_end=first_read_end())
    by_name = sorted(read_cohorts(request), key=lambda cohort: cohort.name)
    return sorted(by_name, key=lambda cohort: cohort.starts_on, reverse=True)[:MOST_LINES]
