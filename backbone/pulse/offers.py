"""What pulses offer at doors: a card on the cohort's page, a line on its desk, and the work of every hour."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.template.loader import render_to_string

from backbone.pulse.chores import hourly
from backbone.pulse.holdings import leaving
from cohorts.models import Cohort
from core import doors


def pulse_card(*, cohort: Cohort, **_given: Any) -> str | None:
    """On a cohort's page: whether something is asked, and the way to it. The same for who has answered and who has not."""
    if not cohort.is_read_by_all:
        return None
    pulse = cohort.pulses.order_by(F("closed_on").desc(nulls_first=True), "pk").first()
    return render_to_string("backbone/pulse/door_cohort.html", {"cohort": cohort, "pulse": pulse})


def desk_line(*, cohort: Cohort, **_given: Any) -> str | None:
    """On the cohort's page of the desk: the way to its pulses."""
    if not cohort.is_read_by_all:
        return None
    return render_to_string("backbone/pulse/desk_line.html", {"cohort": cohort})


def register() -> None:
    """Make the offers."""
    doors.offer("cohort_insights", pulse_card, order=110)
    doors.offer("cohort_desk_line", desk_line, order=60)
    doors.offer("hourly", hourly)
    doors.offer("leaving", leaving, order=60)
