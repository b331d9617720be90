"""Hands for stories about cohorts on the desk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from cohorts.actions import Facts
from cohorts.models import Cohort
from core.audit import pseudonym
from core.clock import today_here
from core.models import AuditEvent

LIST, NEW = "/backbone/cohorts/", "/backbone/cohorts/new/"
DESK = "/backbone/cohorts/spring/"
FACTS = {"name": "Winter", "slug": "winter-27", "purpose": "To go on.", "starts_on": "2027-01-11", "ends_on": ""}  # fmt: skip


def sent(**changes: Any) -> dict[str, Any]:
    """The form of a cohort as it is posted."""
    return {**FACTS, **changes, "once": uuid4()}


def facts_of(cohort: Cohort, **changes: Any) -> Facts:
    """The facts of a cohort as they are, with these changes."""
    names = ("name", "slug", "purpose", "starts_on", "ends_on")
    return Facts(**{**{name: getattr(cohort, name) for name in names}, **changes})


def verbs_about(row: Any) -> list[str]:
    """What the log says was done to a row."""
    return [event.verb for event in AuditEvent.objects.filter(subject=pseudonym(row.pk))]


def day(days: int) -> date:
    """So many days from today."""
    return today_here() + timedelta(days=days)
