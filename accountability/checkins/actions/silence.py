"""What happens when nobody hears from somebody: each is asked, apart from the others, and after a week a place rests.

Nothing of it is a verdict. What is kept afterwards is up to which check-in it was talked about, and that a place rests.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accountability.buddies.choices import LEAST
from accountability.buddies.models import Pair, Place
from accountability.checkins import notifications
from accountability.checkins.actions.planning import hold_pair, places_of, plan_next
from accountability.checkins.actions.settling import settle_when_all_are_in
from accountability.checkins.choices import ANSWER_WITHIN, LOOKED_AFTER, QUIET_ROUNDS, Answer
from accountability.checkins.models import Asking, CheckIn, Part, PartDraft, Sign
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind

A_BATCH = 200


def look_at_settled(now: datetime) -> int:
    """For the worker: look at each check-in once, a day after it was settled, a batch at a time; returns at how many."""
    done = 0
    waiting = CheckIn.objects.filter(
        settled_at__isnull=False, settled_at__lte=now - LOOKED_AFTER, looked_at__isnull=True
    ).order_by("settled_at")
    while rows := list(waiting[:A_BATCH]):
        for row in rows:
            _look_at(row, now)
        done += len(rows)
    return done


def settle_askings(now: datetime) -> int:
    """For the worker: a week after each was asked, let those places rest of whom nothing was heard; returns for how many pairs."""
    done = 0
    asked: Any = Asking.objects.filter(settled_at__isnull=True, asked_at__lte=now - ANSWER_WITHIN)
    pairs = asked.order_by().values_list("place__pair", flat=True).distinct()
    while ids := list(pairs[:A_BATCH]):
        for pair_id in ids:
            _settle_asked(pair_id, now)
        done += len(ids)
    return done


@transaction.atomic
def answer_asking(*, asking: Asking, by: Any, answer: Answer) -> None:
    """Say how it is to go on; it can be said anew until the week is over. A rest begins at once."""
    hold_pair(asking.place.pair_id)
    asking = Asking.objects.select_related("place__pair").get(pk=asking.pk)
    require(asking.member_id == by.pk and asking.settled_at is None)
    now = timezone.now()
    asking.answer, asking.answered_at = answer.value, now
    asking.save(update_fields=["answer", "answered_at"])
    if answer is Answer.REST:
        _rest([asking.place], now)
    elif asking.place.resting_since is not None:
        _wake(asking.place, now)


@transaction.atomic
def come_back(*, place: Place, by: Any) -> None:
    """End a rest with one press. What lay in it counts for nothing; a second press changes nothing."""
    require(place.member_id == by.pk and place.left_at is None)
    hold_pair(place.pair_id)
    place = Place.objects.select_related("pair").get(pk=place.pk)
    if place.resting_since is None:
        return
    place.resting_since = None
    place.save(update_fields=["resting_since"])
    take_back_in(place=place, now=timezone.now())


def take_back_in(*, place: Place, now: datetime) -> None:
    """A rest has ended: it counts from here, and the rhythm goes on. In the transaction that ended it, with the pair's row held."""
    last = CheckIn.objects.settled().filter(pair=place.pair_id).first()
    _note(place, after=last.number if last else 0)
    plan_next(place.pair, now)


def wait_no_longer_for(*, place: Place, now: datetime) -> None:
    """A rest has begun: those who are in wait no longer. In the transaction that began it, with the pair's row held."""
    for coming in CheckIn.objects.coming().filter(pair=place.pair_id).select_related("pair"):
        settle_when_all_are_in(coming, now)


@transaction.atomic
def _look_at(row: CheckIn, now: datetime) -> None:
    hold_pair(row.pair_id)
    if not CheckIn.objects.filter(pk=row.pk, looked_at__isnull=True).update(looked_at=now):
        return
    awake = [place for place in places_of(row.pair_id) if place.resting_since is None]
    known = {asking.place_id: asking for asking in Asking.objects.filter(place__in=awake)}
    if any(asking.settled_at is None for asking in known.values()):
        return
    rows = CheckIn.objects.settled().filter(pair=row.pair_id, number__lte=row.number)
    last = list(rows[:QUIET_ROUNDS])
    spoke = _spoke(last)
    after = {place.pk: known[place.pk].after if place.pk in known else 0 for place in awake}
    if any(_is_quiet(place, last, spoke, after[place.pk]) for place in awake):
        _ask(awake, row.number, now)


def _is_quiet(place: Place, last: list[CheckIn], spoke: set[tuple[Any, Any]], after: int) -> bool:
    """Whether there are two check-ins since this place was last talked about, and no word at either."""
    counted = [row for row in last if row.number > after and row.made_at >= place.since]
    return len(counted) == QUIET_ROUNDS and not any(
        (row.pk, place.member_id) in spoke for row in counted
    )


def _spoke(rows: list[CheckIn]) -> set[tuple[Any, Any]]:
    """Who gave a word at which: handed in, skipped or moved."""
    handed_in = PartDraft.objects.filter(handed_in_at__isnull=False)
    return {
        pair
        for words in (Part.objects.all(), handed_in, Sign.objects.all())
        for pair in words.filter(check_in__in=rows).values_list("check_in", "member")
    }


def _ask(places: list[Place], number: int, now: datetime) -> None:
    for place in places:
        _note(place, after=number, asked_at=now, settled_at=None)
    notifications.asked_how(places)


def _note(place: Place, **values: Any) -> None:
    """Write the one row of a place; an answer of before goes."""
    asking = Asking.objects.filter(place=place).first()
    if asking is None:
        owners.get_ready([Owner(OwnerKind.MEMBER, place.member_id)])
        asking = Asking(place=place, member_id=place.member_id)
    for name, value in values.items():
        setattr(asking, name, value)
    asking.answer, asking.answered_at = "", None
    asking.save()


@transaction.atomic
def _settle_asked(pair_id: UUID, now: datetime) -> None:
    hold_pair(pair_id)
    rows: Any = Asking.objects.filter(place__pair=pair_id, settled_at__isnull=True)
    askings = list(rows.select_related("place"))
    heard = {row.member_id for row in askings if row.answered_at or _heard_since(row, pair_id)}
    for asking in askings:
        _note(asking.place, asked_at=None, settled_at=now)
    quiet = [
        row.place
        for row in askings
        if row.member_id not in heard and row.place.resting_since is None
    ]
    _rest(quiet, now)
    awake = [place for place in places_of(pair_id) if place.resting_since is None]
    if quiet and len(awake) < LEAST:
        notifications.may_go_onward(awake)


def _heard_since(asking: Asking, pair_id: UUID) -> bool:
    """Whether the member handed in, skipped or moved since they were asked."""
    since = asking.asked_at
    mine = {"member": asking.member_id, "check_in__pair": pair_id}
    return (
        Part.objects.filter(**mine, shared_at__gte=since).exists()
        or PartDraft.objects.filter(**mine, handed_in_at__gte=since).exists()
        or Sign.objects.filter(**mine, at__gte=since).exists()
    )


def _rest(places: list[Place], now: datetime) -> None:
    """Let places of one pair rest; who was waiting for them alone waits no longer."""
    for place in places:
        place.resting_since = place.resting_since or now
        place.save(update_fields=["resting_since"])
    for place in places[:1]:
        wait_no_longer_for(place=place, now=now)


def _wake(place: Place, now: datetime) -> None:
    place.resting_since = None
    place.save(update_fields=["resting_since"])
    pair: Pair = place.pair
    plan_next(pair, now)
