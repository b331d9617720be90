"""What the table of addresses names of commitments."""

from __future__ import annotations

from typing import Any

from accountability.commitments.actions import (
    confirm_role,
    create_role,
    invite_witness,
    make_commitment,
    widen,
)
from accountability.commitments.texts import Text
from accounts.models import User
from accounts.permissions import speakers_of


def _colleague_of(member: User) -> User:
    """The second person of the same organization."""
    return speakers_of(member.organization_id).exclude(pk=member.pk).earliest("email")


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of commitments can name, made for Dev."""
    dev = cast["dev"]
    text = Text("Ask who is missing.", "Write it on the form.", levels=("structural",))
    commitment = make_commitment(by=dev, kind="commitment", text=text)
    asked = User.objects.get(memberships__cohort__slug="spring", chosen_name="Keisha Lamar")
    witness = invite_witness(by=dev, commitment=commitment, member=asked)
    stand = make_commitment(by=dev, kind="stand", text=text)
    widen(by=dev, commitment=stand, circle="public", seen=1)
    role = create_role(by=dev, title="Principal")
    confirm_role(by=_colleague_of(dev), role=role)
    return {
        "commitment": str(commitment.pk),
        "commitment_witness": str(witness.pk),
        "commitment_role": str(role.pk),
        "statement": str(stand.copy.pk),
    }
