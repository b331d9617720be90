"""Skipping a check-in, and moving its date: by either, in one press, without a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.checkins import notifications
from accountability.checkins.actions.holding import held, places_of
from accountability.checkins.actions.settling import settle_when_all_are_in
from accountability.checkins.choices import MOVED_AT_MOST, TOLD_BEFORE, SignKind
from accountability.checkins.models import CheckIn, PartDraft, Sign
from accountability.checkins.permissions import can_write_check_in
from core.access import require


class Settled(Exception):
    """The check-in has passed, or all were in, meanwhile. Nothing was changed."""


class NotThatDate(Exception):
    """The date lies in the past or too far ahead. Nothing was changed."""


class MovedMeanwhile(Exception):
    """Somebody else moved it since the form was opened. Nothing was changed; `check_in` has the date that counts now."""

    def __init__(self, check_in: CheckIn) -> None:
        super().__init__("The date was moved meanwhile.")
        self.check_in = check_in


@transaction.atomic
def skip(*, check_in: CheckIn, by: Any) -> None:
    """Leave this one out. What was written stays a draft. A second press changes nothing. Raises Settled."""
    check_in = _coming(check_in, by)
    Sign.objects.get_or_create(check_in=check_in, member=by, kind=SignKind.SKIPS)
    PartDraft.objects.of(by).filter(check_in=check_in).update(handed_in_at=None)
    settle_when_all_are_in(check_in, timezone.now(), by=by)


@transaction.atomic
def take_part_again(*, check_in: CheckIn, by: Any) -> None:
    """Take a skip back. Raises Settled."""
    check_in = _coming(check_in, by)
    Sign.objects.filter(check_in=check_in, member=by, kind=SignKind.SKIPS).delete()


@transaction.atomic
def move_check_in(*, check_in: CheckIn, by: Any, to: datetime, seen: int) -> None:
    """Move the date of this one; those after it stay in their rhythm. The others are told that there is another date.

    `seen` is `CheckIn.seen_as` of the date that the form showed. Raises Settled, NotThatDate or MovedMeanwhile.
    """
    check_in = _coming(check_in, by)
    now = timezone.now()
    if check_in.due_at == to:
        return
    if check_in.seen_as != seen:
        raise MovedMeanwhile(check_in)
    if not now < to <= now + MOVED_AT_MOST:
        raise NotThatDate
    check_in.due_at, check_in.moved = to, True
    check_in.told_at = now if to <= now + TOLD_BEFORE else None  # the notice of the move says when
    check_in.save(update_fields=["due_at", "moved", "told_at"])
    Sign.objects.update_or_create(
        check_in=check_in, member=by, kind=SignKind.MOVED, defaults={"at": now}
    )
    others = [place.member for place in places_of(check_in.pair_id) if place.member_id != by.pk]
    notifications.check_in_moved(check_in, others)


def _coming(check_in: CheckIn, by: Any) -> CheckIn:
    check_in = held(check_in)
    require(can_write_check_in(by, check_in))
    if check_in.settled_at is not None:
        raise Settled
    return check_in
