"""The member's own cohorts, read once for a request: a page lists them, and the navigation beside it names the latest."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, F, QuerySet, UUIDField
from django.http import HttpRequest

from cohorts.models import Cohort
from cohorts.querysets import first_read_end
from core.prepared import Given, Prepared

MOST_LINES = 3


def _latest() -> QuerySet[Cohort]:
    member, first_end = Given("member", UUIDField()), Given("first_end", DateField())
    rows = Cohort.objects.read_by(member, first_end=first_end)
    return rows.order_by("-starts_on", "name")[:MOST_LINES]


_LATEST = Prepared(_latest)


def own_cohorts(request: HttpRequest) -> list[Cohort]:
    """All cohorts in which the member is now, the earliest first, also those that ended long ago: one query a request."""
    kept: list[Cohort] | None = request.__dict__.get("own_cohorts")
    if kept is None:
        rows = Cohort.objects.of(request.user)
        told = rows.annotate(is_mine_to_run=F("memberships__is_facilitator"))
        kept = request.__dict__["own_cohorts"] = list(told)
    return kept


def read_cohorts(request: HttpRequest) -> list[Cohort]:
    """Those of them whose page the member reads. The same query."""
    rows: list[Any] = own_cohorts(request)
    return [cohort for cohort in rows if cohort.is_read_by_all or cohort.is_mine_to_run]


def latest_cohorts(request: HttpRequest) -> list[Cohort]:
    """The latest few whose page the member reads: of all where the page has read them already, else they alone."""
    if request.__dict__.get("own_cohorts") is None:
        return _LATEST.ask(member=request.user.pk, first_end=first_read_end())
    by_name = sorted(read_cohorts(request), key=lambda cohort: cohort.name)
    return sorted(by_name, key=lambda cohort: cohort.starts_on, reverse=True)[:MOST_LINES]
