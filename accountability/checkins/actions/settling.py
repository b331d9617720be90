"""The moment at which all see what all wrote: when all are in who have not skipped, at the latest on the date."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.choices import LEAST
from accountability.buddies.models import Place
from accountability.checkins import notifications
from accountability.checkins.actions.holding import held, hold_pair, places_of
from accountability.checkins.actions.planning import plan_next
from accountability.checkins.actions.rounds import for_each
from accountability.checkins.choices import SignKind
from accountability.checkins.keys import SHUT, shut_among
from accountability.checkins.models import CheckIn, Part, PartDraft, Sign
from accountability.checkins.texts import Words, words_of, write_into
from core.crypto.alerts import could_not_open
from core.crypto.owners import Owner
from core.models import OwnerKind


@transaction.atomic
def settle_when_due(check_in: CheckIn, now: datetime | None = None) -> CheckIn:
    """Settle it if its moment has come; gives it back as it stands then. Two workers at once settle it once."""
    now = now or timezone.now()
    check_in = held(check_in)
    if check_in.settled_at is None and check_in.due_at <= now:
        settle(check_in, now)
    return check_in


def settle_when_all_are_in(check_in: CheckIn, now: datetime, *, by: Any = None) -> None:
    """Settle it if everybody who neither rests nor skips has handed in, and somebody has. The pair's row is held."""
    skipping = _members(Sign.objects.filter(check_in=check_in, kind=SignKind.SKIPS))
    there = {place.member_id for place in places_of(check_in.pair_id) if not place.resting_since}
    handed_in = _members(PartDraft.objects.filter(check_in=check_in, handed_in_at__isnull=False))
    if check_in.settled_at is None and handed_in and there - skipping <= handed_in:
        settle(check_in, now, by=by)


def settle(check_in: CheckIn, now: datetime, *, by: Any = None) -> None:
    """Show to all what was handed in, if anything was, and make the next check-in. The pair's row is held."""
    places = places_of(check_in.pair_id)
    check_in.settled_at = now
    if len(places) < LEAST:  # the pair has ended: what was written stays with its authors
        check_in.looked_at = now
        check_in.save(update_fields=["settled_at", "looked_at"])
        return
    authors = _share_drafts(check_in, places, now)
    check_in.revealed_at = now if authors else None
    check_in.save(update_fields=["settled_at", "revealed_at"])
    plan_next(check_in.pair, now)
    told = [place.member for place in places if authors - {place.member_id}]
    notifications.check_in_open(
        check_in, [member for member in told if by is None or member.pk != by.pk]
    )


def share(check_in: CheckIn, member: Any, words: Words, now: datetime) -> Part:
    """Seal the words anew, under the pair's key, for all of the pair."""
    part = Part(
        check_in=check_in, pair_id=check_in.pair_id, member=member, shared_at=now, changed_at=now
    )
    write_into(part, words)
    part.save(force_insert=True)
    return part


def settle_due(now: datetime) -> int:
    """For the worker: settle everything whose moment has come, a batch at a time; returns how many."""
    return for_each(CheckIn.objects.due(now), partial(settle_when_due, now=now))


def tell_near(now: datetime) -> int:
    """For the worker: a day before, tell those who have not handed in, once; returns for how many check-ins."""
    return for_each(CheckIn.objects.near(now), partial(_tell_near, now=now))


def share_waiting(now: datetime) -> int:
    """For the worker: try once more to share what was handed in and could not be shared; returns for how many check-ins."""
    return for_each(CheckIn.objects.waiting(), partial(_share_waiting, now=now))


@transaction.atomic
def _share_waiting(check_in: CheckIn, *, now: datetime) -> None:
    check_in = held(check_in)
    places = places_of(check_in.pair_id)
    authors = _share_drafts(check_in, places, now)
    if not authors:
        return
    check_in.revealed_at = check_in.revealed_at or now
    check_in.save(update_fields=["revealed_at"])
    told = [place.member for place in places if authors - {place.member_id}]
    notifications.check_in_open(check_in, told)


@transaction.atomic
def _tell_near(row: CheckIn, *, now: datetime) -> None:
    hold_pair(row.pair_id)
    if not CheckIn.objects.near(now).filter(pk=row.pk).update(told_at=now):
        return
    spoken = _members(PartDraft.objects.filter(check_in=row, handed_in_at__isnull=False))
    spoken |= _members(Sign.objects.filter(check_in=row, kind=SignKind.SKIPS))
    awake = [place.member for place in places_of(row.pair_id) if not place.resting_since]
    notifications.check_in_near(row, [member for member in awake if member.pk not in spoken])


def _share_drafts(check_in: CheckIn, places: list[Place], now: datetime) -> set[Any]:
    """Make parts of what was handed in; returns whose.

    One that does not open stays a draft, and the others go on. Without the pair's key all stay drafts, handed in as they
    are: `share_waiting` shares them when it opens again.
    """
    members = {place.member_id: place.member for place in places}
    drafts = list(
        PartDraft.objects.filter(
            check_in=check_in, handed_in_at__isnull=False, member__in=members
        ).order_by("handed_in_at")
    )
    if not drafts or _is_shut(check_in, drafts):
        return set()
    shared = set()
    for draft in drafts:
        try:
            with transaction.atomic():
                share(check_in, members[draft.member_id], words_of(draft), now)
                draft.delete()
        except SHUT:
            could_not_open(draft)
            continue
        shared.add(draft.member_id)
    return shared


def _is_shut(check_in: CheckIn, drafts: list[PartDraft]) -> bool:
    """Whether the pair's key does not open; the authors' keys are opened along. The operator is told, without a word of it."""
    pair = Owner(OwnerKind.PAIR, check_in.pair_id)
    is_shut = pair in shut_among(
        [pair, *(Owner(OwnerKind.MEMBER, draft.member_id) for draft in drafts)]
    )
    if is_shut:
        could_not_open(Part)
    return is_shut


def _members(rows: Any) -> set[Any]:
    return set(rows.values_list("member", flat=True))
