"""What the table of addresses names of a cohort's meetings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cohorts.actions import Plan, call_meetings
from cohorts.models import Cohort, Meeting


def made(cast: dict[str, Any]) -> dict[str, str]:
    """Two meetings to come in Dev's cohort, beside the one that was."""
    spring = Cohort.objects.get(slug="spring")
    begins = (timezone.now() + timedelta(days=8)).replace(second=0, microsecond=0)
    plans = [_plan(begins), _plan(begins + timedelta(days=7))]
    coming, spare = call_meetings(cohort=spring, plans=plans, by=cast["mo"])
    was = Meeting.objects.past().filter(cohort=spring).first()
    return {
        "gathering": str(coming.pk),
        "spare_gathering": str(spare.pk),
        "past_gathering": str(was.pk),
    }


def _plan(begins: Any) -> Plan:
    return Plan(
        title="Maps on the table",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        time_zone="America/Chicago",
        place="Room two",
        link="https://meet.example/a-long-word-that-has-to-break-somewhere-in-a-narrow-window",
        agenda="# Arrival\n\nOne word each.\n\n# Prompt\n\n- Who drew it?\n- For whom?",
    )
