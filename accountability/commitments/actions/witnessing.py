"""Witnesses: asked by name, free to say no, to leave and to be removed at any time, each without a reason."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accountability.buddies.actions.holding import hold_members
from accountability.commitments import notifications
from accountability.commitments.actions.commitments import held
from accountability.commitments.actions.passing import if_passed_on
from accountability.commitments.choices import THERE, TRANSITIONS, WitnessState
from accountability.commitments.models import Commitment, OrganizationRole, Witness
from accountability.commitments.permissions import (
    can_answer_as_witness,
    can_change_commitment,
    witnesses_to_ask,
)
from care.permissions import is_stopped_between
from core.access import require


class NotPossible(Exception):
    """This person cannot be asked (any more). Why is not said."""


@transaction.atomic
def invite_witness(*, by: Any, commitment: Commitment, member: Any) -> Witness:
    """Ask somebody of one's cohorts. Raises NotPossible for anybody else; asking twice asks once.

    Somebody who stopped contact with the asker is asked as everybody is, with the same work, and it never reaches them.
    """
    hold_members(
        [by, member]
    )  # before the question of who keeps away from whom, as `end_between` does
    row = held(commitment)
    require(can_change_commitment(by, row))
    known = Witness.objects.filter(commitment=row, member=member).first()
    if known is not None and known.state in THERE:
        return known
    if member.pk not in {person.pk for person in witnesses_to_ask(by, row)}:
        raise NotPossible
    witness = known or Witness(commitment=row, member=member)
    if known is not None:
        _may_become(known, WitnessState.INVITED)
    witness.state, witness.invited_at = WitnessState.INVITED, timezone.now()
    witness.accepted_at = witness.ended_at = None
    witness.is_passed_on = not is_stopped_between(by.pk, member.pk)
    witness.save()
    if_passed_on(witness.is_passed_on, partial(notifications.witness_invited, witness))
    return witness


@transaction.atomic
def accept_witnessing(*, by: Any, witness: Witness) -> None:
    """Say yes, and read it from now on. A second press changes nothing."""
    row = _held(witness)
    require(can_answer_as_witness(by, row))
    if row.state == WitnessState.ACCEPTED:
        return
    _may_become(row, WitnessState.ACCEPTED)
    row.state, row.accepted_at = WitnessState.ACCEPTED, timezone.now()
    row.seen_version = row.commitment.version
    row.save(update_fields=["state", "accepted_at", "seen_version"])
    notifications.witness_accepted(row)


@transaction.atomic
def leave_witnessing(*, by: Any, witness: Witness) -> None:
    """Say no, or leave later, without a reason. Nobody is told; the name goes from the owner's list."""
    row = _held(witness)
    require(can_answer_as_witness(by, row))
    _ended(row, WitnessState.LEFT)


@transaction.atomic
def remove_witness(*, by: Any, witness: Witness) -> None:
    """Take somebody off the list, without a reason and without telling. A second press changes nothing."""
    row = _held(witness)
    require(can_change_commitment(by, row.commitment))
    if row.state in THERE:
        _ended(row, WitnessState.REMOVED)


@transaction.atomic
def read_wording(*, by: Any, witness: Witness, version: int) -> None:
    """Note that the witness has read this version, so that both texts stand no longer side by side."""
    row = _held(witness)
    require(can_answer_as_witness(by, row))
    if row.seen_version < version <= row.commitment.version:
        row.seen_version = version
        row.save(update_fields=["seen_version"])


@transaction.atomic
def end_between(*, by: Any, other: Any) -> None:
    """Contact was stopped: neither is a witness of the other any more, nor asked to take over a role. Nobody is told."""
    hold_members([by, other])
    now, there = timezone.now(), Witness.objects.filter(state__in=sorted(THERE))
    there.filter(_kept_by(other), member=by).update(state=WitnessState.LEFT, ended_at=now)
    there.filter(_kept_by(by), member=other).update(state=WitnessState.REMOVED, ended_at=now)
    for one, another in ((by, other), (other, by)):
        asked = OrganizationRole.objects.filter(successor=one)
        asked.filter(Q(holder=another) | Q(named_by=another)).update(successor=None)


def _kept_by(member: Any) -> Q:
    kept = Commitment.objects.kept_by(member).order_by().values("pk")
    return Q(commitment__in=kept)


def _held(witness: Witness) -> Witness:
    rows = Witness.objects.select_for_update(of=("self",))
    return rows.select_related(
        "member", "commitment__owner", "commitment__role__holder", "commitment__role__organization"
    ).get(pk=witness.pk)


def _may_become(row: Witness, state: str) -> None:
    if state not in TRANSITIONS[row.state]:
        raise NotPossible


def _ended(row: Witness, state: str) -> None:
    _may_become(row, state)
    row.state, row.ended_at = state, timezone.now()
    row.save(update_fields=["state", "ended_at"])
