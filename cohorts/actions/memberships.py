"""Being in a cohort: join, leave."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.people import ONE_LINE_EACH
from cohorts import notifications
from cohorts.actions.attendance import forget_attendance
from cohorts.actions.over import held_open
from cohorts.choices import Step
from cohorts.models import Cohort, Membership
from cohorts.permissions import can_carry_on_cohort, can_change_membership, can_change_memberships
from core import audit, doors
from core.access import require


@transaction.atomic
def join_cohort(
    *, cohort: Cohort, member: Any, by: Any | None, as_facilitator: bool = False
) -> Membership:
    """Make the member part of the cohort; joining twice is joining once. `by` None is the system or a command.

    A participant who joins as facilitator becomes one; a facilitator stays one. Who was added by another is told.
    """
    require(by is None or can_change_memberships(by))
    membership, new = Membership.objects.get_or_create(
        cohort=cohort, member=member, left_at=None, defaults={"is_facilitator": as_facilitator}
    )
    if as_facilitator and not membership.is_facilitator:
        membership.is_facilitator = True
        membership.save(update_fields=["is_facilitator"])
        audit.record("cohort.facilitator_made", by=by, subject=membership)
    if new:
        audit.record("cohort.joined", by=by, subject=membership)
        if by is not None and by.pk != member.pk:
            notifications.added_to_cohort(membership)
    return membership


@transaction.atomic
def leave_cohort(*, cohort: Cohort, member: Any, by: Any | None) -> bool:
    """End the membership: one's own, or another's for the backbone, who is told then. What was noted of attendance goes. False without one."""
    require(by is None or by.pk == member.pk or can_change_memberships(by))
    there = Membership.objects.select_for_update(of=("self",), no_key=True)
    membership = there.filter(cohort=cohort, member=member, left_at__isnull=True).first()
    if membership is None:
        return False
    membership.left_at = timezone.now()
    membership.save(update_fields=["left_at"])
    forget_attendance(cohort=cohort, member=member)
    audit.record("cohort.left", by=by, subject=membership)
    notifications.place_changed(membership, Step.ENDED, by)
    doors.ask("place_changed", membership=membership)
    return True


@transaction.atomic
def add_member(*, cohort: Cohort, email: str, by: Any) -> None:
    """Add the member who has proven that this address is theirs; nothing happens where nobody has.

    The caller is told the same in both cases. Who was added gets a notice. Raises CohortIsOver.
    """
    require(can_carry_on_cohort(by, held_open(cohort)))
    proven = EmailAddress.objects.filter(verified=True, email__iexact=email.strip())
    for row in proven.filter(user__is_active=True).select_related("user"):
        join_cohort(cohort=cohort, member=row.user, by=by)


def note_place_opened(*, membership: Membership, by: Any) -> bool:
    """Note that somebody opened the page about this place, at most once an hour. One's own leaves nothing. True for a new line."""
    require(can_change_membership(by, membership))
    if by.pk == membership.member_id:
        return False
    return audit.record_once("cohort.place_opened", by=by, subject=membership, within=ONE_LINE_EACH)
