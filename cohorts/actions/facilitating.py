"""Facilitating a cohort: begin it and end it. Who facilitates two sees what is in each of them apart."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cohorts import notifications
from cohorts.actions.memberships import join_cohort
from cohorts.actions.over import held_open
from cohorts.choices import Step
from cohorts.models import Cohort, Membership
from cohorts.permissions import can_change_membership
from core import audit, doors
from core.access import require


@transaction.atomic
def let_facilitate(*, cohort: Cohort, member: Any, by: Any) -> bool:
    """Let anybody facilitate the cohort, also who is not in it yet, and tell them; False when they did already. Raises CohortIsOver."""
    cohort = held_open(cohort)
    return make_facilitator(membership=join_cohort(cohort=cohort, member=member, by=by), by=by)


@transaction.atomic
def make_facilitator(*, membership: Membership, by: Any) -> bool:
    """Let somebody of a cohort facilitate it, and tell them; False when they did already."""
    return _turn(membership, by, facilitates=True)


@transaction.atomic
def end_facilitator(*, membership: Membership, by: Any) -> bool:
    """Let a facilitator be a participant again, and tell them; False when they were one already."""
    return _turn(membership, by, facilitates=False)


def _turn(membership: Membership, by: Any, *, facilitates: bool) -> bool:
    row = Membership.objects.select_for_update(of=("self",)).select_related("member", "cohort")
    membership = row.get(pk=membership.pk)
    require(can_change_membership(by, membership))
    if membership.is_facilitator is facilitates:
        return False
    membership.is_facilitator = facilitates
    membership.save(update_fields=["is_facilitator"])
    verb = "cohort.facilitator_made" if facilitates else "cohort.facilitator_ended"
    audit.record(verb, by=by, subject=membership)
    step = Step.FACILITATES if facilitates else Step.FACILITATES_NO_MORE
    notifications.place_changed(membership, step, by)
    doors.ask("place_changed", membership=membership)
    return True
