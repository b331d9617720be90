"""Belonging to an organization: a member names it in their profile, and somebody who is known there says that it is so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import notifications
from accounts.choices import RoleKind
from accounts.models import User
from accounts.permissions import holds, speaks_for
from core import audit
from core.access import require


def belonging_answerable_by(user: Any) -> QuerySet[User]:
    """Of whom the member may say whether they belong to the organization that they name: those who wait.

    Colleagues who are known there answer; for every organization the backbone team does, which has to begin. Nobody for themselves.
    """
    if not user.is_authenticated:
        return User.objects.none()
    rows = User.objects.filter(
        organization__isnull=False, organization_confirmed_at__isnull=True, is_active=True
    ).exclude(pk=user.pk)
    if holds(user, RoleKind.BACKBONE):
        return rows
    return rows.filter(_of_theirs(user))


def can_answer_belonging(user: Any, member: User) -> bool:
    """Whether the person may say so of this member."""
    return (
        member.organization_confirmed_at is None and member.is_active and _may_answer(user, member)
    )


def belonging_endable_by(user: Any) -> QuerySet[User]:
    """Whose confirmed belonging the person may take back: the backbone team, of everybody but themselves."""
    if not user.is_authenticated or not holds(user, RoleKind.BACKBONE):
        return User.objects.none()
    rows = User.objects.filter(
        organization__isnull=False, organization_confirmed_at__isnull=False, is_active=True
    )
    return rows.exclude(pk=user.pk)


def can_end_belonging(user: Any, member: User) -> bool:
    """Whether the person may take it back."""
    return bool(
        user.is_authenticated
        and holds(user, RoleKind.BACKBONE)
        and member.organization_id is not None
        and member.organization_confirmed_at is not None
        and member.is_active
        and member.pk != user.pk
    )


@transaction.atomic
def confirm_belonging(*, member: User, organization_id: UUID | None, by: Any) -> bool:
    """Say that one works with this member. They are told.

    `organization_id` is the one that was read: when they named another meanwhile nothing is confirmed, and False comes back.
    A second press changes nothing.
    """
    row = _held(member)
    if row.organization_id is None or row.organization_id != organization_id:
        return False
    if row.organization_confirmed_at is not None:
        return True
    require(can_answer_belonging(by, row))
    row.organization_confirmed_at, row.organization_confirmed_by = timezone.now(), by
    row.organization_doubted_at = None
    row.save(update_fields=["organization_confirmed_at", "organization_confirmed_by", "organization_doubted_at"])  # fmt: skip
    audit.record("member.belonging_confirmed", by=by, subject=row)
    notifications.belonging_answered(row)
    return True


@transaction.atomic
def doubt_belonging(*, member: User, organization_id: UUID | None, by: Any) -> bool:
    """Say that one does not know this member there. They are told, and others of the organization may still know them.

    By the backbone it takes back what was confirmed. False when they named another organization meanwhile.
    """
    row = _held(member)
    if row.organization_id is None or row.organization_id != organization_id:
        return False
    was_confirmed = row.organization_confirmed_at is not None
    require(can_end_belonging(by, row) if was_confirmed else can_answer_belonging(by, row))
    if was_confirmed or row.organization_doubted_at is None:
        row.organization_confirmed_at = row.organization_confirmed_by = None
        row.organization_doubted_at = timezone.now()
        row.save(update_fields=["organization_confirmed_at", "organization_confirmed_by", "organization_doubted_at"])  # fmt: skip
        audit.record("member.belonging_doubted", by=by, subject=row)
        notifications.belonging_answered(row)
    return True


def _held(member: User) -> User:
    rows = User.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=member.pk)


def _may_answer(user: Any, member: User) -> bool:
    if not user.is_authenticated or member.organization_id is None or member.pk == user.pk:
        return False
    return holds(user, RoleKind.BACKBONE) or speaks_for(user, member.organization_id)


def _of_theirs(user: Any) -> Q:
    if not speaks_for(user, user.organization_id):
        return Q(pk__in=())
    return Q(organization=user.organization_id)
