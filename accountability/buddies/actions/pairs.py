"""Beginning and ending: the two verbs that every other room of accountability leans on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies import notifications
from accountability.buddies.actions.agreements import settle_agreement
from accountability.buddies.actions.holding import hold_members
from accountability.buddies.actions.lapsing import lapse_requests_of
from accountability.buddies.choices import LEAST, MOST, CameAbout
from accountability.buddies.models import Pair, Place
from accountability.buddies.permissions import can_see_pair
from care.permissions import any_stopped_among
from core import doors
from core.access import require
from core.crypto import owners
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import Owner
from core.models import OwnerKind


class NotPossible(Exception):
    """These people cannot be a pair now: one has a buddy already, has left, or stopped contact. Which is not said."""


@transaction.atomic
def form_pair(
    *, members: Collection[Any], came_about: CameAbout, cohort: Any | None = None
) -> Pair:
    """Make a pair of two or three who have all said yes; other requests of and to them lapse. Raises NotPossible,
    and then nothing has changed.

    The members' own rows are held in one order, so that two acts at the same moment come one after the other.
    """
    if not LEAST <= len({member.pk for member in members}) <= MOST:
        raise NotPossible
    held = hold_members(members)
    taken = Place.objects.open().filter(member__in=held).exists()
    if len(held) != len(members) or taken or any_stopped_among(held):
        raise NotPossible
    pair = Pair(cohort=cohort, came_about=came_about)
    owners.get_ready([Owner(OwnerKind.PAIR, pair.pk)])  # the key first, the rows second
    pair.save(force_insert=True)
    for member in held:
        Place(pair=pair, member=member).save(force_insert=True)
    lapse_requests_of(held, timezone.now())
    doors.ask("pair_formed", pair=pair, members=held)
    return pair


@transaction.atomic
def leave_pair(*, pair: Pair, by: Any) -> None:
    """Leave at any time, without a reason. With fewer than two left, the pair ends for all. A second press changes nothing.

    The others are told in one neutral sentence, whatever the reason is: an end without it would say that contact was
    stopped. The door `place_left` lets the other rooms do what ends with a place: what is asked there runs in this
    transaction.
    """
    require(can_see_pair(by, pair))
    now = timezone.now()
    pair = Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    mine = Place.objects.open().filter(pair=pair, member=by).first()
    if mine is None:
        return
    others = list(
        Place.objects.open().filter(pair=pair).exclude(pk=mine.pk).select_related("member")
    )
    _close(mine, now)
    if len(others) < LEAST:
        for place in others:
            _close(place, now)
        pair.ended_at = now
        pair.save(update_fields=["ended_at"])
    else:
        settle_agreement(pair, now, by=by)
    notifications.pair_changed(pair, [place.member for place in others])


def prune_pairs() -> int:
    """Remove what ended 30 days ago: the key first, so that nothing of it can be read, then the rows. Returns how many."""
    old = list(Pair.objects.past_keeping(timezone.now()))
    for pair in old:
        remove_pair(pair)
    return len(old)


def remove_pair(pair: Pair) -> None:
    """Make all of it unreadable, and then remove it."""
    owners.destroy(Owner(OwnerKind.PAIR, pair.pk))
    pair.delete()


def _close(place: Place, now: datetime) -> None:
    """Sealing an empty contact line needs the pair's key; without it nobody can read the old one, and leaving goes on."""
    place.left_at, place.resting_since, place.contact = now, None, ""
    try:
        with transaction.atomic():
            place.save(update_fields=["left_at", "resting_since", "contact"])
    except (CannotOpen, KeyMissing, owners.KeyDestroyed):
        place.save(update_fields=["left_at", "resting_since"])
    doors.ask("place_left", place=place, now=now)
