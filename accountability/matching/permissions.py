"""Who may see and do what in matching: each their own answers, limits and matches; the backbone rounds and its own previews."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accountability.matching.models import Answers, Limit, MatchSeat, Preview, Round
from accountability.matching.querysets import LimitQuerySet, MatchSeatQuerySet, RoundQuerySet
from accounts.choices import RoleKind
from accounts.permissions import holds


def can_see_answers(user: Any, answers: Answers) -> bool:
    """Whether they are the member's own."""
    return bool(user.is_authenticated and answers.member_id == user.pk)


def answers_visible_to(user: Any) -> QuerySet[Answers]:
    """The member's own answers; nobody's for the signed-out."""
    if not user.is_authenticated:
        return Answers.objects.none()
    return Answers.objects.filter(member=user)


def can_see_limit(user: Any, limit: Limit) -> bool:
    """Whether the member set it."""
    return bool(user.is_authenticated and limit.member_id == user.pk)


def limits_visible_to(user: Any) -> LimitQuerySet:
    """The limits that the member set; nobody's for the signed-out."""
    return Limit.objects.of(user) if user.is_authenticated else Limit.objects.none()


def can_see_seat(user: Any, seat: MatchSeat) -> bool:
    """Whether it is the member's own. What another one of the match answers, nobody sees."""
    return bool(user.is_authenticated and seat.member_id == user.pk)


def seats_visible_to(user: Any) -> MatchSeatQuerySet:
    """The member's own seats; nobody's for the signed-out."""
    if not user.is_authenticated:
        return MatchSeat.objects.none()
    return MatchSeat.objects.filter(member=user)


def can_run_rounds(user: Any) -> bool:
    """Whether the person may preview and start rounds: the backbone. As a filter: `rounds_visible_to`."""
    return bool(user.is_authenticated) and holds(user, RoleKind.BACKBONE)


def can_see_round(user: Any, _round: Round) -> bool:
    """Whether the person may know how far a round is: the backbone."""
    return can_run_rounds(user)


def rounds_visible_to(user: Any) -> RoundQuerySet:
    """The rounds of all cohorts for the backbone; none for everybody else."""
    return Round.objects.all() if can_run_rounds(user) else Round.objects.none()


def can_see_preview(user: Any, preview: Preview) -> bool:
    """Whether the person may look at it: who asked for it, while they are of the backbone."""
    return can_run_rounds(user) and preview.by_id == user.pk


def previews_visible_to(user: Any) -> QuerySet[Preview]:
    """The previews that the person asked for, while they are of the backbone."""
    if not can_run_rounds(user):
        return Preview.objects.none()
    return Preview.objects.filter(by=user)
