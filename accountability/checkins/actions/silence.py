"""What happens when nobody hears from somebody: each is asked, apart from the others, and after a week a place rests.

Nothing of it is a verdict. What is kept afterwards is up to which check-in it was talked about, and that a place rests.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.actions.places import begin_rest, end_rest
from accountability.buddies.choices import LEAST
from accountability.buddies.models import Pair, Place
from accountability.checkins import notifications
from accountability.checkins.actions.holding import Gone, hold_pair, places_of
from accountability.checkins.actions.planning import plan_next
from accountability.checkins.actions.rounds import for_each
from accountability.checkins.actions.settling import settle_when_all_are_in
from accountability.checkins.choices import ANSWER_WITHIN, LOOKED_AFTER, QUIET_ROUNDS, Answer
from accountability.checkins.keys import SHUT
from accountability.checkins.models import Asking, CheckIn, Part, PartDraft, Sign
from core.access import require
from core.crypto.alerts import could_not_open
from core.crypto.fields import Sealed

#: No answer. Nothing is sealed for it, so it needs nobody's key.
NO_ANSWER = Sealed(b"")


def look_at_settled(now: datetime) -> int:
    """For the worker: look at each check-in once, a day after it was settled, a batch at a time; returns at how many."""
    waiting = CheckIn.objects.filter(
        settled_at__isnull=False, settled_at__lte=now - LOOKED_AFTER, looked_at__isnull=True
    )
    return for_each(waiting, partial(_look_at, now=now))


def settle_askings(now: datetime) -> int:
    """For the worker: a week after each was asked, let those places rest of whom nothing was heard; returns for how many pairs."""
    asked = Asking.objects.filter(settled_at__isnull=True, asked_at__lte=now - ANSWER_WITHIN)
    pairs = Pair.objects.filter(pk__in=asked.values("place__pair"))
    return for_each(pairs, partial(_settle_asked, now=now))


@transaction.atomic
def answer_asking(*, asking: Asking, by: Any, answer: Answer) -> None:
    """Say how it is to go on; it can be said anew until the week is over. A rest begins at once. Raises Gone after that.

    It takes effect also where the answer itself cannot be kept, because the member's key does not open.
    """
    require(asking.member_id == by.pk)
    hold_pair(asking.place.pair_id)
    rows = Asking.objects.select_related("place__pair").filter(settled_at__isnull=True)
    found = rows.filter(pk=asking.pk).first()
    if found is None:
        raise Gone
    now = timezone.now()
    if answer is Answer.REST:
        begin_rest([found.place], now)
    else:
        end_rest(found.place, now)
    found.answer, found.answered_at = answer.value, now
    try:
        with transaction.atomic():
            found.save(update_fields=["answer", "answered_at"])
    except SHUT:
        could_not_open(found)
        found.answer = NO_ANSWER  # type: ignore[assignment]
        found.save(update_fields=["answer", "answered_at"])


def place_rests(place: Place, now: datetime) -> None:
    """Somebody rests: who was waiting for them alone waits no longer. The pair's row is held."""
    coming = CheckIn.objects.coming().filter(pair=place.pair_id).select_related("pair").first()
    if coming is not None:
        settle_when_all_are_in(coming, now)


def place_woke(place: Place, now: datetime) -> None:
    """Somebody is back: what lay in the rest counts for nothing, and the next check-in is made. The pair's row is held.

    Coming back is a word, too: who was asked how it is going has been heard.
    """
    last = CheckIn.objects.settled().filter(pair=place.pair_id).first()
    _note(place, after=last.number if last else 0)
    Asking.objects.filter(place=place, settled_at__isnull=True).update(answered_at=now)
    plan_next(place.pair, now)


@transaction.atomic
def _look_at(row: CheckIn, *, now: datetime) -> None:
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
    """Write the one row of a place; an answer of before goes. It needs no key, and so cannot fail for want of one."""
    values = {"answer": NO_ANSWER, "answered_at": None, **values}
    if not Asking.objects.filter(place=place).update(**values):
        Asking(place=place, member_id=place.member_id, **values).save(force_insert=True)


@transaction.atomic
def _settle_asked(pair: Pair, *, now: datetime) -> None:
    hold_pair(pair.pk)
    rows: Any = Asking.objects.filter(place__pair=pair, settled_at__isnull=True)
    askings = list(rows.select_related("place__pair"))
    heard = {row.member_id for row in askings if row.answered_at or _heard_since(row)}
    for asking in askings:
        _note(asking.place, asked_at=None, settled_at=now)
    quiet = [
        row.place
        for row in askings
        if row.member_id not in heard and row.place.resting_since is None
    ]
    begin_rest(quiet, now)
    awake = [place for place in places_of(pair.pk) if place.resting_since is None]
    if quiet and len(awake) < LEAST:
        notifications.may_go_onward(awake)


def _heard_since(asking: Asking) -> bool:
    """Whether the member handed in, skipped or moved since they were asked."""
    since = asking.asked_at
    mine = {"member": asking.member_id, "check_in__pair": asking.place.pair_id}
    return (
        Part.objects.filter(**mine, shared_at__gte=since).exists()
        or PartDraft.objects.filter(**mine, handed_in_at__gte=since).exists()
        or Sign.objects.filter(**mine, at__gte=since).exists()
    )
