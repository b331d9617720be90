"""Suspending a member who harms others. One of the backbone team asks for it with a reason, another confirms it, each may end it.

It ends by itself on its day. The member is told by mail that it is so, and reads why after they have shown as ever
that it is they (`accounts/views/inactive.py`), because an account that is closed opens no other page.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import notifications
from accounts.actions import hold_member, restore_member, suspend_member
from accounts.choices import RoleKind
from accounts.models import Departure, Suspension, User
from accounts.permissions import holds
from core import audit
from core.access import require
from core.clock import today_here
from core.querysets import AUDIT_DAYS

WITHDRAWN_STAYS = timedelta(days=30)
ENDED_STAYS = timedelta(days=AUDIT_DAYS)


class NotInTime(Exception):
    """The day on which it would open again is not after today."""


def suspensions_visible_to(user: Any) -> QuerySet[Suspension]:
    """What the person may know: their own, once confirmed; for the backbone team all but what waits about themselves."""
    if not user.is_authenticated:
        return Suspension.objects.none()
    mine = Q(member=user, confirmed_at__isnull=False)
    others = ~Q(member=user) if holds(user, RoleKind.BACKBONE) else Q(pk__in=())
    return Suspension.objects.filter(mine | others)


def can_see_suspension(user: Any, suspension: Suspension) -> bool:
    """Whether the person may know of it."""
    if not user.is_authenticated:
        return False
    if suspension.member_id == user.pk:
        return suspension.confirmed_at is not None
    return holds(user, RoleKind.BACKBONE)


def suspensions_answerable_by(user: Any) -> QuerySet[Suspension]:
    """Those that the person may confirm: what another of the backbone team asked for, about somebody else."""
    if not user.is_authenticated or not holds(user, RoleKind.BACKBONE):
        return Suspension.objects.none()
    others = Suspension.objects.waiting().exclude(member=user)
    return others.filter(~Q(asked_by=user) | Q(asked_by__isnull=True))


def can_confirm_suspension(user: Any, suspension: Suspension) -> bool:
    """Whether the person may confirm it."""
    return (
        suspension.is_waiting
        and holds(user, RoleKind.BACKBONE)
        and user.pk not in (suspension.asked_by_id, suspension.member_id)
    )


def can_propose_suspension(user: Any, member: User) -> bool:
    """Whether the person may ask for this member's suspension: the backbone team, while the account is open, nobody their own."""
    open_ones = member.suspensions.filter(withdrawn_at=None, ended_at=None)
    return can_suspend(user, member) and not open_ones.exists()


def can_suspend(user: Any, member: User) -> bool:
    """The same, apart from what is open: for who has read the member's suspensions already."""
    is_another = member.is_active and member.pk != user.pk
    return bool(is_another and holds(user, RoleKind.BACKBONE))


def members_to_suspend(user: Any) -> QuerySet[User]:
    """The same as a filter."""
    if not holds(user, RoleKind.BACKBONE):
        return User.objects.none()
    is_open = Suspension.objects.filter(withdrawn_at=None, ended_at=None)
    rows = User.objects.filter(is_active=True).exclude(pk=user.pk)
    return rows.exclude(pk__in=is_open.values("member"))


def can_stop_suspension(user: Any, suspension: Suspension) -> bool:
    """Whether the person may withdraw it while it waits, or end it while it is in force: one of the backbone team, not its member."""
    is_open = suspension.is_waiting or suspension.is_in_force
    return is_open and holds(user, RoleKind.BACKBONE) and suspension.member_id != user.pk


def suspensions_stoppable_by(user: Any) -> QuerySet[Suspension]:
    """The same as a filter."""
    if not holds(user, RoleKind.BACKBONE):
        return Suspension.objects.none()
    is_open = Suspension.objects.filter(withdrawn_at=None, ended_at=None)
    return is_open.exclude(member=user)


@transaction.atomic
def propose_suspension(*, member: User, reason: str, until: date | None, by: User) -> Suspension:
    """Ask for it. Nothing is closed and nobody told before another one confirms. Raises NotInTime."""
    hold_member(member)
    require(
        can_propose_suspension(by, member),
        _("This account is closed already, or somebody has asked for it. Nothing was changed."),
    )
    require(bool(reason.strip()), _("Say why. Nothing was changed."))
    _in_time(until)
    suspension = Suspension.objects.create(member=member, reason=reason, until=until, asked_by=by)
    audit.record("suspension.proposed", by=by, subject=suspension)
    return suspension


@transaction.atomic
def confirm_suspension(*, suspension: Suspension, by: User) -> Suspension:
    """Close the account: every session ends, and the member is told by mail. A second press changes nothing. Raises NotInTime."""
    row = _held(suspension)
    if row.is_in_force and row.confirmed_by_id == by.pk:
        return row
    require(
        can_confirm_suspension(by, row),
        _("It is no longer open, or another one has to confirm it. Nothing was changed."),
    )
    _in_time(row.until)
    suspend_member(member=row.member, by=by)
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record("suspension.confirmed", by=by, subject=row)
    if not Departure.objects.of(row.member_id).exists():  # else they are told when they come back
        notifications.member_suspended(row)
    return row


@transaction.atomic
def withdraw_suspension(*, suspension: Suspension, by: User) -> Suspension:
    """Take back what waits: nothing was closed, and its reason is gone. A second press changes nothing."""
    row = _held(suspension)
    if row.withdrawn_at is None:
        require(
            row.is_waiting and can_stop_suspension(by, row),
            _("Another one has confirmed it meanwhile. Nothing was changed; you can open the account again on the page of its member."),
        )  # fmt: skip
        row.withdrawn_at, row.reason = timezone.now(), ""
        row.save(update_fields=["withdrawn_at", "reason"])
        audit.record("suspension.withdrawn", by=by, subject=row)
    return row


@transaction.atomic
def end_suspension(*, suspension: Suspension, by: User) -> Suspension:
    """Open the account again, and tell its member by mail, unless they have left. A second press changes nothing."""
    row = _held(suspension)
    if row.ended_at is None:
        require(row.is_in_force and can_stop_suspension(by, row))
        _open_again(row.member, by=by)
    row.refresh_from_db()
    return row


def end_due_suspensions(*, today: date) -> int:
    """Open the accounts whose day has come; returns how many. Safe to run at any time and by several workers."""
    return sum(_end_due(row, today) for row in Suspension.objects.due(today))


@transaction.atomic
def _end_due(suspension: Suspension, today: date) -> bool:
    row = _held(suspension)
    if not row.is_in_force or row.until is None or row.until > today:
        return False
    _open_again(row.member, by=None)
    return True


def _open_again(member: User, *, by: User | None) -> None:
    """Who has left meanwhile stays away, and no mail says otherwise."""
    restore_member(member=member, by=by)
    if member.is_active:
        notifications.member_restored(member)


def prune_suspensions() -> int:
    """Delete what was withdrawn a month ago, and what ended as long ago as the log of acts is kept; returns how many."""
    now = timezone.now()
    withdrawn = Suspension.objects.filter(withdrawn_at__lt=now - WITHDRAWN_STAYS)
    ended = Suspension.objects.filter(ended_at__lt=now - ENDED_STAYS)
    return int((withdrawn | ended).delete()[0])


def _in_time(until: date | None) -> None:
    if until is not None and until <= today_here():
        raise NotInTime


def _held(suspension: Suspension) -> Suspension:
    rows = Suspension.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("member").get(pk=suspension.pk)
