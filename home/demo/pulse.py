"""A pulse of the cohort *spring* that is closed: one question shows its numbers, the other one says why not. Nobody is told."""

from __future__ import annotations

from datetime import timedelta

from backbone.models import Pulse, Question
from cohorts.models import Cohort
from core.clock import today_here
from core.suppression import Why

OPENED, CLOSES, CLOSED = (timedelta(days=days) for days in (21, 14, 13))  # before today
ASKED = 13
#: Question, its answers, and what is shown of them.
QUESTIONS = (
    ("Is the pace right for you?", ["Yes, it is", "No, too fast or too slow"], {"counts": [7, 6]}),
    ("Can you say here what you think?", ["Always", "Mostly", "Seldom"], {"why": Why.TABLE_TELLS.value}),
)  # fmt: skip


def write_pulse() -> None:
    """Write it with its result. Of answers nothing is left when one is closed, so there are none to write."""
    today = today_here()
    pulse = Pulse.objects.create(
        cohort=Cohort.objects.get(slug="spring"),
        opened_on=today - OPENED,
        closes_on=today - CLOSES,
        closed_on=today - CLOSED,
        asked=ASKED,
        result=[result for _words, _answers, result in QUESTIONS],
        key_is_gone=True,
    )
    Question.objects.bulk_create(
        Question(pulse=pulse, number=number, words=words, answers=answers)
        for number, (words, answers, _result) in enumerate(QUESTIONS, start=1)
    )
