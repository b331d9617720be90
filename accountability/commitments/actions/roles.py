"""Roles in an organization: created by one member and confirmed by a second person, handed on to a successor who agrees."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accountability.buddies.actions.holding import hold_members
from accountability.commitments import notifications
from accountability.commitments.actions.passing import if_passed_on
from accountability.commitments.models import OrganizationRole
from accountability.commitments.permissions import (
    can_answer_offer,
    can_confirm_role,
    can_create_role,
    can_hold_role,
    can_name_successor,
    can_see_role,
    successors_to_name,
)
from care.permissions import is_stopped_between
from core.access import require


class AlreadyThere(Exception):
    """The organization has a role of this name."""


@transaction.atomic
def create_role(*, by: Any, title: str) -> OrganizationRole:
    """Create a role in one's own organization and hold it; it can promise something when a second person has confirmed it.

    Raises AlreadyThere for a name that the organization uses.
    """
    require(can_create_role(by))
    role = OrganizationRole(
        organization=by.organization,
        title=title,
        made_by=by,
        holder=by,
        accepted_at=timezone.now(),
    )
    named_so = OrganizationRole.objects.filter(organization=by.organization_id)
    if any(
        known.casefold() == title.casefold() for known in named_so.values_list("title", flat=True)
    ):
        raise AlreadyThere
    try:
        with transaction.atomic():
            role.save(force_insert=True)
    except IntegrityError:  # somebody created it in this moment
        raise AlreadyThere from None
    return role


@transaction.atomic
def confirm_role(*, by: Any, role: OrganizationRole) -> None:
    """Confirm, as a second person of the organization (the backbone, where it has none), that there is such a role."""
    row = _held(role)
    if row.confirmed_at is not None and can_see_role(by, row):
        return
    require(can_confirm_role(by, row))
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])


@transaction.atomic
def name_successor(*, by: Any, role: OrganizationRole, member: Any) -> None:
    """Ask a person of the organization to take the role. Until they agree, whoever holds it goes on.

    Somebody who stopped contact with the asker is asked as everybody is, and it never reaches them.
    """
    hold_members([by, member])
    row = _held(role)
    require(can_name_successor(by, row))
    require(member.pk in {person.pk for person in successors_to_name(by, row)})
    if row.successor_id == member.pk:
        return
    row.successor, row.named_by = member, by
    row.is_passed_on = not is_stopped_between(by.pk, member.pk)
    row.save(update_fields=["successor", "named_by", "is_passed_on"])
    if_passed_on(row.is_passed_on, partial(notifications.successor_named, row))


@transaction.atomic
def accept_role(*, by: Any, role: OrganizationRole) -> None:
    """Take the role over. What it promised before can be read from now on, and waits to be taken on, each by itself."""
    row = _held(role)
    if can_hold_role(by, row):
        return
    require(can_answer_offer(by, row))
    row.holder, row.accepted_at, row.successor = by, timezone.now(), None
    row.save(update_fields=["holder", "accepted_at", "successor"])


@transaction.atomic
def decline_role(*, by: Any, role: OrganizationRole) -> None:
    """Say no, without a reason. Whoever holds the role goes on; a vacant one stays vacant."""
    row = _held(role)
    require(can_answer_offer(by, row))
    row.successor = None
    row.save(update_fields=["successor"])


@transaction.atomic
def leave_role(*, by: Any, role: OrganizationRole) -> None:
    """Lay the role down. It is vacant then; what it promised stays with the organization."""
    row = _held(role)
    require(row.holder_id == by.pk)
    row.holder, row.accepted_at = None, None
    row.save(update_fields=["holder", "accepted_at"])


def _held(role: OrganizationRole) -> OrganizationRole:
    rows = OrganizationRole.objects.for_page().select_for_update(of=("self",))
    return rows.get(pk=role.pk)
