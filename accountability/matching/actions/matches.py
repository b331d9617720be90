"""What becomes of a match: all say yes and are buddies, or somebody says no and the others are told kindly."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accountability.buddies.actions import NotPossible, form_pair
from accountability.buddies.choices import CameAbout
from accountability.buddies.models import Place
from accountability.matching import notifications
from accountability.matching.choices import SHOWN_FOR, UNDER_WAY, WAITS_FOR, SeatState
from accountability.matching.limits import EARLIER
from accountability.matching.models import Answers, Earlier, Match, MatchSeat, Round, Unmatched
from accountability.matching.permissions import can_see_seat
from accountability.matching.planning import last_number
from accounts.models import User
from accounts.reporting import all_above, in_one_line
from care.tokens import token_of
from cohorts.models import Cohort
from core.access import require


class NoLongerPossible(Exception):
    """The match cannot come about any more: it is over, or somebody has found a buddy meanwhile. Which is not said."""


def accept_match(*, by: Any, seat: MatchSeat) -> bool:
    """Say yes. Returns whether all have, so that they are buddies now; a second yes changes nothing.

    Raises NoLongerPossible. When the pair could not be formed, the match is over for all, and the others are told.
    """
    try:
        with transaction.atomic():
            return _accept(by, seat)
    except NotPossible:
        with transaction.atomic():
            _end([seat.match_id], tells_not={by.pk})
        raise NoLongerPossible from None


@transaction.atomic
def decline_match(*, by: Any, seat: MatchSeat) -> None:
    """Say no, without a reason, also after a yes that the others have not answered. The others are told kindly.

    The two are not proposed to each other again for some rounds. Raises NoLongerPossible after the match came about;
    where it is over already, nothing changes.
    """
    require(can_see_seat(by, seat))
    seats = _held(seat.match_id)
    mine = next(one for one in seats if one.pk == seat.pk)
    if mine.state == SeatState.PAIRED:
        raise NoLongerPossible
    if not mine.may_become(SeatState.DECLINED):
        return
    _into(mine, SeatState.DECLINED)
    _remember((by.pk, one.member_id) for one in seats if one.pk != mine.pk)
    _end([seat.match_id])


@transaction.atomic
def withdraw_matches(*, one: UUID, other: UUID, tells_not: UUID) -> None:
    """End every match that both are in. Whom it was for is told as if somebody had said no; `tells_not` is not."""
    both = MatchSeat.objects.under_way().filter(member=one)
    both = both.filter(Exists(_beside().filter(member=other)))
    _end(both.values_list("match", flat=True), tells_not={tells_not})


def beside(member: Any) -> set[UUID]:
    """Who is in a match that waits with this member."""
    mine = MatchSeat.objects.under_way().filter(member=member).values("match")
    others = MatchSeat.objects.under_way().filter(match__in=mine).exclude(member=member)
    return set(others.values_list("member", flat=True))


@transaction.atomic
def withdraw_all_of(member: Any) -> None:
    """End the match of a member who leaves the site. The others are told kindly."""
    mine = MatchSeat.objects.under_way().filter(member=member)
    _end(mine.values_list("match", flat=True), tells_not={member.pk})


def end_old_matches(now: datetime) -> int:
    """End what waited for 14 days, and what cannot come about because somebody found a buddy or left; returns how many."""
    ended = 0
    late = Q(made_at__lte=now - WAITS_FOR)
    paired = Place.objects.open().filter(member=OuterRef("member"))
    rows = MatchSeat.objects.under_way().filter(late | Exists(paired) | Q(member__is_active=False))
    for match in set(rows.values_list("match", flat=True)):
        with transaction.atomic():
            for seat in _held(match):
                if seat.state == SeatState.OPEN and seat.made_at <= now - WAITS_FOR:
                    _into(seat, SeatState.LAPSED)
                    # Somebody who was away is not proposed again before they say so: others would wait in vain.
                    Answers.objects.filter(member=seat.member_id).update(wanted=False)
            ended += _end([match])
    return ended


def prune_matches() -> int:
    """Remove matches that are over, and what was said to those without a partner, after 30 days."""
    before = timezone.now() - SHOWN_FOR
    there = MatchSeat.objects.filter(match=OuterRef("pk"))
    recent = there.filter(Q(over_at__isnull=True) | Q(over_at__gt=before))
    old = Match.objects.filter(~Exists(recent), made_at__lte=before)
    count = old.count()
    old.delete()
    gone: int = Unmatched.objects.filter(at__lte=before).delete()[0]
    return count + gone


@transaction.atomic
def pair_came_about(members: Collection[Any]) -> None:
    """What ends when these have become buddies: their waiting matches, whose others are told kindly, and their place in the
    next round. They count as earlier partners from now on, also when they had asked each other."""
    ids = {member.pk for member in members}
    waiting = MatchSeat.objects.under_way().filter(member__in=ids)
    _end(set(waiting.values_list("match", flat=True)), tells_not=ids)
    Answers.objects.filter(member__in=ids, wanted=True).update(wanted=False)
    _remember(combinations(sorted(ids), 2))


def remember_partners(place: Place) -> None:
    """Two of a pair, of whom one leaves: they are not matched again for some rounds, also when they had asked each other."""
    others = Place.objects.filter(pair=place.pair_id).exclude(pk=place.pk)
    _remember((place.member_id, other) for other in others.values_list("member", flat=True))


def _accept(by: Any, seat: MatchSeat) -> bool:
    require(can_see_seat(by, seat))
    seats = _held(seat.match_id)
    mine = next(one for one in seats if one.pk == seat.pk)
    if mine.state in {SeatState.ACCEPTED, SeatState.PAIRED}:
        return mine.state == SeatState.PAIRED
    if not mine.may_become(SeatState.ACCEPTED):
        raise NoLongerPossible
    _into(mine, SeatState.ACCEPTED)
    if any(one.state != SeatState.ACCEPTED for one in seats):
        return False
    _form(_round_of(seat.match_id), seats)
    others = [one.member for one in seats if one.pk != mine.pk]
    notifications.match_came_about(_round_of(seat.match_id), others)
    return True


def _form(round_: Round, seats: list[MatchSeat]) -> None:
    """The pair. Raises NotPossible, also where a line of reporting came to be between two of them since the round."""
    members = [seat.member for seat in seats]
    above = all_above()
    if any(in_one_line(one.pk, other.pk, above) for one, other in combinations(members, 2)):
        raise NotPossible
    for (
        seat
    ) in seats:  # before the pair, at which every match ends that still waits (`pair_came_about`)
        _into(seat, SeatState.PAIRED)
    form_pair(members=members, came_about=CameAbout.MATCHED, cohort=round_.cohort)


def _round_of(match: UUID) -> Round:
    return Round.objects.select_related("cohort").get(matches=match)


def _held(match: UUID) -> list[MatchSeat]:
    """The seats of a match, held after their members, who are held in one order, as `form_pair` takes them."""
    members = MatchSeat.objects.filter(match=match).values("member")
    rows = User.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=members).order_by("pk"))
    return _seats_of(match)


def _seats_of(match: UUID) -> list[MatchSeat]:
    """The seats of a match, held in one order. Nobody waits for a member's row while holding them."""
    rows = MatchSeat.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(match=match).select_related("member").order_by("pk"))


def _end(matches: Iterable[UUID], *, tells_not: Collection[UUID] = ()) -> int:
    """Free whoever still waits in these matches, and tell them; returns how many matches had anybody left.

    It holds the seats alone: who comes here may hold one of the members already, and must not wait for another one.
    """
    ended = 0
    for match in sorted(matches):
        freed = [seat for seat in _seats_of(match) if seat.is_under_way]
        for seat in freed:
            _into(seat, SeatState.FREED)
        told = [seat.member for seat in freed if seat.member_id not in tells_not]
        if told:
            notifications.match_is_over(_round_of(match), told)
        ended += bool(freed)
    return ended


def _into(seat: MatchSeat, state: SeatState) -> None:
    """The next state of a seat. Raises ValueError where it may not follow."""
    if not seat.may_become(state):
        raise ValueError(f"A seat that is {seat.state} does not become {state}.")
    seat.state = state
    seat.over_at = None if state in UNDER_WAY else timezone.now()
    seat.save(update_fields=["state", "over_at"])


def _remember(pairs: Iterable[tuple[UUID, UUID]]) -> None:
    """Keep a token of each two, with the number of the last round, in every cohort that both are in."""
    for one, other in pairs:
        token = token_of(one, other, purpose=EARLIER)
        for cohort in _common_cohorts(one, other):
            number = {"number": last_number(cohort)}
            Earlier.objects.update_or_create(token=token, cohort=cohort, defaults=number)


def _common_cohorts(one: UUID, other: UUID) -> Iterable[Cohort]:
    return (
        Cohort.objects.filter(memberships__member=one).filter(memberships__member=other).distinct()
    )


def _beside() -> Any:
    return MatchSeat.objects.under_way().filter(match=OuterRef("match"))
