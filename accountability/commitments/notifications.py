"""What members are told about commitments, one function a message, and what a reader may see of each notice.

Payloads hold ids alone. Who may not read any more is shown nothing, whatever the notice was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.commitments.models import Commitment, OrganizationRole, Witness
from accountability.commitments.permissions import (
    commitments_changeable_by,
    keeper_of,
    witnessing_of,
)
from core.register import Payload, Shown
from notices.actions import not_yet_told, notify, notify_all

INVITED = "commitments.invited"
ACCEPTED = "commitments.accepted"
REWORDED = "commitments.reworded"
PROGRESS = "commitments.progress"
REVIEW = "commitments.review"
SUCCESSOR = "commitments.successor"

#: By the name of an id in a payload, the rows that a reader may know of.
Known = dict[str, Any]


def witness_invited(witness: Witness) -> None:
    """The one who is asked to be a witness."""
    notify(member=witness.member, kind=INVITED, payload={"witness": witness.pk})


def witness_accepted(witness: Witness) -> None:
    """Who keeps the commitment: somebody said yes."""
    keeper = keeper_of(witness.commitment)
    if keeper is not None:
        notify(member=keeper, kind=ACCEPTED, payload={"witness": witness.pk})


def wording_changed(commitment: Commitment) -> None:
    """Its witnesses: it says something else now. Who has not read of the last change is not told once more."""
    _tell_witnesses(commitment, REWORDED)


def progress_made(commitment: Commitment) -> None:
    """Its witnesses: there is a word on how it goes."""
    _tell_witnesses(commitment, PROGRESS)


def review_is_due(commitment: Commitment, keeper: Any) -> None:
    """Who keeps it, and nobody else: the date on which they wanted to look at it has come."""
    notify(member=keeper, kind=REVIEW, payload={"commitment": commitment.pk})


def successor_named(role: OrganizationRole) -> None:
    """Who is asked to take a role."""
    if role.successor is not None:
        notify(member=role.successor, kind=SUCCESSOR, payload={"role": role.pk})


def _tell_witnesses(commitment: Commitment, kind: str) -> None:
    payload = {"commitment": commitment.pk}
    accepted = commitment.witnesses.accepted().select_related("member")
    members = not_yet_told([row.member for row in accepted], kind=kind, payload=payload)
    notify_all(members=members, kind=kind, payload=payload)


def known_invited(member: Any) -> Known:
    """The invitations and agreements of this member."""
    return {"witness": witnessing_of(member)}


def known_accepted(member: Any) -> Known:
    """The witnesses of commitments that this member keeps."""
    mine = commitments_changeable_by(member).order_by().values("pk")
    return {"witness": Witness.objects.accepted().filter(commitment__in=mine)}


def known_witnessed(member: Any) -> Known:
    """The commitments of which this member is a witness."""
    return {"commitment": Commitment.objects.witnessed_by(member)}


def known_review(member: Any) -> Known:
    """The commitments that this member keeps."""
    return {"commitment": commitments_changeable_by(member)}


def known_successor(member: Any) -> Known:
    """The roles that this member is asked to take."""
    return {"role": OrganizationRole.objects.offered_to(member)}


def show_invited(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The invitations and agreements of this member: one query for all."""

    def shown(row: Witness) -> Shown:
        return Shown(
            _("Somebody asks you to be a witness of a commitment"), address_of(row.commitment_id)
        )

    return _each(payloads, known_invited(member), shown)


def show_accepted(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The witnesses of commitments that this member keeps: one query for all."""

    def shown(row: Witness) -> Shown:
        words = _("%(name)s is a witness of a commitment of yours")
        return Shown(words % {"name": row.member.get_full_name()}, address_of(row.commitment_id))

    return _each(payloads, known_accepted(member), shown, "member")


def show_reworded(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The commitments of which this member is a witness: one query for all."""
    return _of_witness(member, payloads, _("A commitment of which you are a witness was reworded"))


def show_progress(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The same."""
    return _of_witness(member, payloads, _("A commitment of which you are a witness has news"))


def show_review(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The commitments that this member keeps: one query for all."""

    def shown(row: Commitment) -> Shown:
        return Shown(_("You wanted to look at a commitment of yours"), address_of(row.pk))

    return _each(payloads, known_review(member), shown)


def show_successor(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The roles that this member is asked to take: one query for all."""

    def shown(row: OrganizationRole) -> Shown:
        words = _("You are asked to take the role “%(title)s” in %(organization)s")
        named = {"title": row.title, "organization": row.organization.name}
        return Shown(words % named, role_address(row.pk))

    return _each(payloads, known_successor(member), shown, "organization")


def address_of(commitment_id: Any) -> str:
    """The address of a commitment's page."""
    return reverse("commitments:commitment_show", args=[commitment_id])


def role_address(role_id: Any) -> str:
    """The address of a role's page."""
    return reverse("commitments:role_show", args=[role_id])


def _of_witness(member: Any, payloads: Sequence[Payload], words: str) -> list[Shown | None]:
    known = known_witnessed(member)
    return _each(payloads, known, lambda row: Shown(words, address_of(row.pk)))


def _each(
    payloads: Sequence[Payload], known: Known, shown: Callable[[Any], Shown], *beside: str
) -> list[Shown | None]:
    [(name, rows)] = known.items()
    ids = {str(payload[name]) for payload in payloads}
    found = {str(row.pk): row for row in rows.filter(pk__in=ids).select_related(*beside)}
    wanted = (found.get(str(payload[name])) for payload in payloads)
    return [shown(row) if row is not None else None for row in wanted]
