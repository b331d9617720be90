"""Hands for stories about pulses."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from backbone.pulse import sealed
from backbone.pulse.actions import Asked, answer_pulse, open_pulse
from backbone.pulse.models import Pulse
from cohorts.models import Cohort, Membership
from tests.backbone.desk import day

HOME = "/cohorts/spring/pulse/"
NEW, CLOSE = f"{HOME}new/", f"{HOME}close/"
PACE, SAFE = (
    Asked("Is the pace right for you?", ["Yes", "No"]),
    Asked("Can you say what you think here?", ["Always", "Mostly", "Seldom"]),
)
SENT = {
    "question_1": PACE.words, "answers_1": "Yes\nNo\n",
    "question_2": SAFE.words, "answers_2": "Always\nMostly\nSeldom",
    "question_3": "", "answers_3": "", "act": "open",
}  # fmt: skip


def spring() -> Cohort:
    """Dev's cohort."""
    return Cohort.objects.get(slug="spring")


def learners(slug: str = "spring") -> list[Any]:
    """Those who learn in the cohort, as they came."""
    rows = Cohort.objects.get(slug=slug).memberships.current().filter(is_facilitator=False)
    return [row.member for row in rows.select_related("member").order_by("joined_at", "pk")]


def grow(until: int, slug: str = "spring") -> None:
    """So many learn in the cohort."""
    cohort = Cohort.objects.get(slug=slug)
    for number in range(len(learners(slug)), until):
        member = User.objects.create(email=f"p{number}@{slug}.example", chosen_name=f"P {number}")
        Membership.objects.create(cohort=cohort, member=member)


def opened(by: Any, *questions: Asked, days: int = 7, slug: str = "spring") -> Pulse:
    """A pulse with these questions, or the one about the pace, that has been open for three days: from then on a close shows numbers."""
    row = open_pulse(
        cohort=Cohort.objects.get(slug=slug),
        questions=questions or [PACE],
        closes_on=day(days),
        by=by,
    )
    Pulse.objects.filter(pk=row.pk).update(opened_on=day(-3))
    row.refresh_from_db()
    return row


def answered(pulse: Pulse, *choices: tuple[int, ...]) -> None:
    """The learners answer so, one after another, Dev last of all."""
    people = sorted(learners(pulse.cohort.slug), key=lambda member: member.chosen_name == "Dev Banerjee")  # fmt: skip
    for member, chosen in zip(people, choices, strict=False):
        assert answer_pulse(pulse=pulse, choices=chosen, by=member)


def in_the_box(pulse: Pulse) -> list[str]:
    """The ballots that wait, sorted."""
    return sorted(sealed.waiting_in(Pulse.objects.get(pk=pulse.pk).box))


def in_the_table(pulse: Pulse) -> list[str]:
    """The ballots of the table, sorted."""
    return sorted(str(row.answers) for row in pulse.ballots.all())


def flags(pulse: Pulse) -> dict[str, int]:
    """The list of who was asked."""
    return sealed.people_in(Pulse.objects.get(pk=pulse.pk).answered)
