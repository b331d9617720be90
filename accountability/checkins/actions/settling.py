"""The moment at which all see what all wrote: when all are in who have not skipped, at the latest on the date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.choices import LEAST
from accountability.buddies.models import Place
from accountability.checkins import notifications
from accountability.checkins.actions.planning import held, hold_pair, places_of, plan_next
from accountability.checkins.choices import SignKind
from accountability.checkins.models import CheckIn, Part, PartDraft, Sign
from accountability.checkins.texts import Words, words_of, write_into
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import OwnerKind

A_BATCH = 200


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
    done = 0
    while rows := list(CheckIn.objects.due(now)[:A_BATCH]):
        for row in rows:
            settle_when_due(row, now)
        done += len(rows)
    return done


def tell_near(now: datetime) -> int:
    """For the worker: a day before, tell those who have not handed in, once; returns for how many check-ins."""
    done = 0
    while rows := list(CheckIn.objects.near(now)[:A_BATCH]):
        for row in rows:
            _tell_near(row, now)
        done += len(rows)
    return done


@transaction.atomic
def _tell_near(row: CheckIn, now: datetime) -> None:
    hold_pair(row.pair_id)
    if not CheckIn.objects.near(now).filter(pk=row.pk).update(told_at=now):
        return
    spoken = _members(PartDraft.objects.filter(check_in=row, handed_in_at__isnull=False))
    spoken |= _members(Sign.objects.filter(check_in=row, kind=SignKind.SKIPS))
    awake = [place.member for place in places_of(row.pair_id) if not place.resting_since]
    notifications.check_in_near(row, [member for member in awake if member.pk not in spoken])


def _share_drafts(check_in: CheckIn, places: list[Place], now: datetime) -> set[Any]:
    """Make parts of what was handed in; returns whose. One that does not open stays a draft, and the others go on."""
    members = {place.member_id: place.member for place in places}
    drafts = list(
        PartDraft.objects.filter(
            check_in=check_in, handed_in_at__isnull=False, member__in=members
        ).order_by("handed_in_at")
    )
    keys = [Owner(OwnerKind.MEMBER, draft.member_id) for draft in drafts]
    owners.get_ready([Owner(OwnerKind.PAIR, check_in.pair_id), *keys] if drafts else [])
    shared = set()
    for draft in drafts:
        try:
            words = words_of(draft)
        except CannotOpen:
            could_not_open(draft)
            continue
        share(check_in, members[draft.member_id], words, now)
        draft.delete()
        shared.add(draft.member_id)
    return shared


def _members(rows: Any) -> set[Any]:
    return set(rows.values_list("member", flat=True))
