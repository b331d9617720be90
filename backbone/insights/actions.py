"""Letting those who facilitate a cohort see one's progress by name, and taking that back. One's own act alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from backbone.insights.models import NamedProgress
from backbone.insights.naming import without
from backbone.insights.permissions import can_be_shown
from backbone.models import Snapshot
from cohorts.actions.over import held_open
from cohorts.models import Cohort, Membership
from core import audit
from core.access import require


@transaction.atomic
def show_by_name(*, membership: Membership, by: Any) -> bool:
    """From the next weekly count on, show by name what one finished; False when it was so already. Raises CohortIsOver."""
    held_open(membership.cohort)
    membership.refresh_from_db()
    require(can_be_shown(by, membership))
    _row, new = NamedProgress.objects.get_or_create(membership=membership)
    if new:
        forget_names(membership.member_id, cohort=membership.cohort)  # of an earlier place
        audit.record("progress.shown_by_name", by=by, subject=membership)
    return new


@transaction.atomic
def stop_showing(*, membership: Membership, by: Any) -> bool:
    """Take the name away at once, also where the cohort is over; False when there was none."""
    require(membership.member_id == by.pk)
    # The weekly count holds it too: it cannot write the name back.
    Cohort.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.cohort_id)
    gone, _rows = NamedProgress.objects.filter(membership=membership).delete()
    if not gone:
        return False
    forget_names(membership.member_id, cohort=membership.cohort)
    audit.record("progress.no_longer_shown", by=by, subject=membership)
    return True


def forget_names(member_id: UUID, *, cohort: Cohort | None = None) -> None:
    """Take somebody out of what was kept of names, in one cohort or in all. Within a transaction."""
    rows = Snapshot.objects.select_for_update(of=("self",)).order_by("pk").only("named")
    for row in rows.filter(cohort=cohort) if cohort else rows:
        left = without(row.named, member_id)
        if left != row.named:
            row.named = left
            row.save(update_fields=["named"])
