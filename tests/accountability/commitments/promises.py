"""What the stories of commitments make: a promise of Dev's, a role at the schools, a pair."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from accountability.commitments.actions import (
    accept_witnessing,
    confirm_role,
    create_role,
    invite_witness,
    make_commitment,
    narrow,
    widen,
)
from accountability.commitments.models import Commitment, OrganizationRole, Witness
from accountability.commitments.texts import Text
from accounts.models import User
from accounts.permissions import speakers_of
from care.models import Stop
from care.tokens import token_of
from cohorts.models import Cohort

HIRING = Text(
    will="ask who is missing in every hiring panel",
    first_step="Write it on the form",
    know="the form asks",
    by="the end of May",
    levels=("structural", "relational"),
)
FORM = {
    "kind": "commitment",
    "will": HIRING.will,
    "first_step": HIRING.first_step,
    "know": HIRING.know,
    "by": HIRING.by,
    "levels": list(HIRING.levels),
}


def promise(member: Any, text: Text = HIRING, **more: Any) -> Commitment:
    """A commitment of the member, seen by nobody else."""
    return make_commitment(by=member, **{"kind": "commitment", "text": text, **more})


def shared(member: Any, circle: str, text: Text = HIRING, **more: Any) -> Commitment:
    """A commitment that this circle reads; spring where it is a cohort."""
    row = promise(member, text, **more)
    cohort = Cohort.objects.get(slug="spring") if circle == "cohort" else None
    widen(by=member, commitment=row, circle=circle, seen=1, cohort=cohort)
    row.refresh_from_db()
    return row


def hidden(member: Any, row: Commitment) -> None:
    """Back to the member alone."""
    narrow(by=member, commitment=row, circle="me")


def stop(by: Any, other: Any) -> None:
    """One of the two stopped contact, in the tables alone: what the rooms end with it is not ended."""
    made = Stop(by=by, token=token_of(by.pk, other.pk))
    made.other = str(other.pk)
    made.save()


def pair(*members: Any) -> Any:
    """A pair of these."""
    return form_pair(members=members, came_about=CameAbout.ASKED)


def witnessed(row: Commitment, by: Any, member: Any) -> Witness:
    """The member has agreed to be its witness."""
    witness = invite_witness(by=by, commitment=row, member=member)
    accept_witnessing(by=member, witness=witness)
    witness.refresh_from_db()
    return witness


def works_at(member: Any, organization: Any, *, confirmed: bool = True) -> Any:
    """The member names this organization; with `confirmed`, it is known that they belong there."""
    member.organization = organization
    member.save()
    if confirmed:
        User.objects.filter(pk=member.pk).update(organization_confirmed_at=timezone.now())
        member.refresh_from_db()
    return member


def colleague_of(member: Any) -> User:
    """Another one who speaks for the member's organization."""
    return speakers_of(member.organization_id).exclude(pk=member.pk).earliest("email")


def role_of(member: Any, second: Any = None, title: str = "Principal") -> OrganizationRole:
    """A role that the member holds and a second person confirmed."""
    role = create_role(by=member, title=title)
    confirm_role(by=second or colleague_of(member), role=role)
    role.refresh_from_db()
    return role
