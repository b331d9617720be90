"""What the table of addresses names of pulses: an open one in Dev's cohort, and one that closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from backbone.models import Pulse, Question
from backbone.pulse.actions import Asked, open_pulse
from cohorts.models import Cohort
from core.clock import today_here


def made(cast: dict[str, Any]) -> dict[str, str]:
    """Their ids; the closed one has two questions, of which one shows its numbers."""
    spring, today = Cohort.objects.get(slug="spring"), today_here()
    closed = Pulse.objects.create(
        cohort=spring,
        opened_on=today - timedelta(days=20),
        closes_on=today - timedelta(days=11),
        closed_on=today - timedelta(days=10),
        asked=13,
        result=[{"counts": [7, 6]}, {"why": "table_tells"}],
        key_is_gone=True,
    )
    words = {
        "Is the pace right for you?": ["Yes", "No"],
        "Would you come on Fridays?": ["Yes", "No"],
    }
    Question.objects.bulk_create(
        Question(pulse=closed, number=number, words=question, answers=answers)
        for number, (question, answers) in enumerate(words.items(), start=1)
    )
    asked = [
        Asked("Can you say what you think here?", ["Always", "Mostly", "Seldom"]),
        Asked("Is the room quiet enough?", ["Yes", "No"]),
    ]
    pulse = spring.pulses.open().first() or open_pulse(
        cohort=spring, questions=asked, closes_on=today + timedelta(days=7), by=cast["mo"]
    )
    return {"pulse": str(pulse.pk), "closed_pulse": str(closed.pk)}
