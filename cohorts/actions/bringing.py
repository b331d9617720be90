"""Bringing people in by their addresses: who has no account is invited by mail, a member is added and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts import notifications
from cohorts.actions.invitations import AlreadyInvited, AlreadyThere, invite
from cohorts.actions.memberships import join_cohort
from cohorts.actions.over import held_open
from cohorts.arrivals import Known, judge, known_of
from cohorts.choices import Became, Reason, Verdict
from cohorts.member_file import FileRow, wrong_with
from cohorts.models import Cohort, Invitation
from cohorts.permissions import can_invite
from core.access import require

MOST_ADDRESSES = 50
#: Of one form that is sent twice, the second answer says what the first one did.
A_DOUBLE_PRESS = timedelta(minutes=1)


@dataclass(frozen=True)
class Arrival:
    """What became of one address; with `invitation` the one that is open already."""

    email: str
    became: Became
    reason: str = ""
    invitation: Invitation | None = None

    @property
    def why(self) -> str:
        """Why nothing was done, as a sentence; empty where nothing is to be said."""
        return str(Reason(self.reason).label) if self.reason else ""


@transaction.atomic
def bring_in(*, row: FileRow, cohort: Cohort, known: Known, by: Any | None, from_file: bool) -> Arrival:  # fmt: skip
    """Invite the address into the cohort, or add the member. What is decided is decided by how things stand now.

    `by` None is a command on the server. Whoever is added is told, whoever added them.
    """
    require(by is None or can_invite(by))
    found = judge(row, known, by, from_file=from_file)
    if found.verdict == Verdict.REFUSED:
        return Arrival(row.email, Became.REFUSED, found.reason)
    if found.verdict == Verdict.KNOWN:
        _add(cohort, known.members[row.email], row.as_facilitator, by)
        return Arrival(row.email, Became.ADDED)
    if found.verdict == Verdict.THERE and found.reason != Reason.INVITED:
        return Arrival(row.email, Became.THERE, found.reason)
    wanted = {"cohort": cohort, "as_facilitator": row.as_facilitator}
    return _invite(row.email, by, wanted)


@transaction.atomic
def invite_all(
    *,
    addresses: Iterable[str],
    by: Any,
    role: str = "",
    cohort: Cohort | None = None,
    as_facilitator: bool = False,
) -> list[Arrival]:
    """Bring in those whose addresses somebody typed, and say what became of each.

    With a role everybody gets an invitation, members too: a role is taken on, not put on. Raises CohortIsOver.
    """
    require(can_invite(by))
    if cohort is not None:
        held_open(cohort)
    rows = [FileRow(number, one, as_facilitator, wrong_with(one)) for number, one in enumerate(addresses)]  # fmt: skip
    if cohort is not None and not role:
        known = known_of({row.email for row in rows}, cohort)
        return [bring_in(row=row, cohort=cohort, known=known, by=by, from_file=False) for row in rows]  # fmt: skip
    closed = _closed({row.email for row in rows})
    wanted = {"role": role, "cohort": cohort, "as_facilitator": as_facilitator}
    return [_invite_one(row, closed, by, wanted) for row in rows]


def _invite_one(row: FileRow, closed: set[str], by: Any, wanted: dict[str, Any]) -> Arrival:
    reason = row.reason or (Reason.CLOSED if row.email in closed else "")
    if reason:
        return Arrival(row.email, Became.REFUSED, reason)
    return _invite(row.email, by, wanted)


def _invite(email: str, by: Any | None, wanted: dict[str, Any]) -> Arrival:
    try:
        invite(email=email, by=by, **wanted)
    except ValidationError:
        return Arrival(email, Became.REFUSED, Reason.NO_ADDRESS)
    except AlreadyInvited as open_one:
        if _just_now(open_one.invitation, by):
            return Arrival(email, Became.INVITED)
        return Arrival(email, Became.OPEN, "", open_one.invitation)
    except AlreadyThere:
        return Arrival(email, Became.THERE)
    return Arrival(email, Became.INVITED)


def _add(cohort: Cohort, member: User, as_facilitator: bool, by: Any | None) -> None:
    membership = join_cohort(cohort=cohort, member=member, by=by, as_facilitator=as_facilitator)
    if by is None:
        notifications.added_to_cohort(membership)


def _just_now(invitation: Invitation, by: Any | None) -> bool:
    is_mine = by is not None and invitation.invited_by_id == by.pk
    return is_mine and timezone.now() - invitation.sent_at < A_DOUBLE_PRESS


def _closed(addresses: set[str]) -> set[str]:
    rows = User.objects.filter(email__in=addresses, is_active=False)
    return set(rows.values_list("email", flat=True))
