"""What stories of matching do again and again: wish for a buddy, run a round, look who was proposed to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from accountability.buddies.models import Place
from accountability.matching.actions import save_answers, start_round
from accountability.matching.models import Answers, Match, MatchSeat, Unmatched
from accountability.matching.said import Said
from accounts.models import ReportingLine, User
from care.models import Stop
from care.tokens import token_of
from cohorts.models import Cohort, Membership
from core.tasks import work_off


def cohort_of(*members: Any, slug: str = "reed") -> Cohort:
    """A cohort of these people, none of whom has a buddy."""
    Place.objects.filter(member__in=members).delete()
    Answers.objects.filter(member__in=members).delete()
    cohort, _new = Cohort.objects.get_or_create(
        slug=slug, defaults={"name": slug.title(), "starts_on": date(2026, 1, 5)}
    )
    Membership.objects.bulk_create(Membership(cohort=cohort, member=member) for member in members)
    return cohort


def wants(*members: Any, note: str = "", **said: Any) -> None:
    """They answer so and are in the next round."""
    for member in members:
        row = Answers.objects.filter(member=member).first()
        seen = row.version if row else 0
        save_answers(by=member, said=Said(**said), note=note, wanted=True, seen=seen)


def run_round(cohort: Cohort) -> None:
    """The server starts a round, and the worker runs it."""
    start_round(cohort=cohort, by=None)
    assert work_off() == 1


def seat_of(member: Any) -> MatchSeat:
    """The member's newest seat."""
    seat = MatchSeat.objects.filter(member=member).order_by("-made_at").first()
    assert seat is not None
    return seat


def matched(cohort: Cohort) -> list[list[str]]:
    """First names of those who are proposed to each other, in the cohort's last round."""
    last = cohort.matching_rounds.order_by("-number").first()
    rows = Match.objects.filter(round=last).prefetch_related("seats__member")
    return sorted(sorted(first(seat.member) for seat in row.seats.all()) for row in rows)


def told_kindly(cohort: Cohort) -> list[str]:
    """First names of those for whom nobody was found, in the cohort's last round."""
    last = cohort.matching_rounds.order_by("-number").first()
    rows = Unmatched.objects.filter(round=last).select_related("member")
    return sorted(first(row.member) for row in rows)


def first(member: Any) -> str:
    """A first name in lower case."""
    return str(member.chosen_name.split()[0].lower())


def reports_to(member: Any, boss: Any) -> None:
    """A line of reporting; the demonstration has some already."""
    ReportingLine.objects.get_or_create(member=member, boss=boss)


def stops(by: Any, other: Any) -> None:
    """Contact is stopped, without what the rooms do then."""
    row = Stop(by=by, token=token_of(by.pk, other.pk))
    row.other = str(other.pk)
    row.save()


def made_up(many: int, *, at: int = 0) -> list[User]:
    """So many more members, counted from `at`."""
    return User.objects.bulk_create(
        User(email=f"reed{number}@example.org", chosen_name=f"Reed{number} Example")
        for number in range(at, at + many)
    )
