"""Promising, wording it anew, deleting it, and taking on what an earlier holder of a role promised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accountability.commitments import notifications
from accountability.commitments.actions.copies import rewrite, withdraw
from accountability.commitments.models import Commitment, OrganizationRole, Wording
from accountability.commitments.permissions import (
    can_change_commitment,
    can_hold_role,
    can_keep_commitment,
)
from accountability.commitments.texts import About, Text, packed_about, text_of
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner


class Conflict(Exception):
    """It was changed elsewhere since it was opened. Nothing was changed; `current` is the row as it stands now."""

    def __init__(self, current: Commitment) -> None:
        super().__init__("The commitment was changed elsewhere since it was opened.")
        self.current = current


class Gone(Http404):
    """It was deleted meanwhile. Nothing was changed; a page that does not say so itself says what it says of any other id."""


def held(commitment: Commitment) -> Commitment:
    """The row as it stands now, held until the transaction ends, so that two acts come one after the other. Raises Gone."""
    rows = Commitment.objects.for_page().select_for_update(of=("self",))
    row = rows.filter(pk=commitment.pk).first()
    if row is None:
        raise Gone
    return row


@transaction.atomic
def make_commitment(
    *,
    by: Any,
    kind: str,
    text: Text,
    role: OrganizationRole | None = None,
    about: About | None = None,
    review_on: date | None = None,
) -> Commitment:
    """Write one down. It is seen by nobody else until its owner says so. For a role, who writes it has taken it on."""
    require(role is None or can_hold_role(by, role))
    commitment = Commitment(
        owner=by if role is None else None,
        role=role,
        carrier=by if role is not None else None,
        kind=kind,
        review_on=review_on,
        about=packed_about(about),
        **text.sealed_values(),
    )
    owners.get_ready(
        [Owner(commitment.key_kind, commitment.key_ref)]
    )  # the key first, the row second
    commitment.save(force_insert=True)
    return commitment


@transaction.atomic
def edit_commitment(
    *, by: Any, commitment: Commitment, text: Text, seen: int, review_on: date | None = None
) -> Commitment:
    """Word it anew; the text before is kept, and its witnesses see both. `seen` is the version the writer had before them.

    Raises Conflict when another text was saved since, Gone, and CannotOpen when the one before cannot be opened.
    """
    row = held(commitment)
    require(can_change_commitment(by, row))
    before = text_of(row)
    if row.version != seen and before != text:
        raise Conflict(row)
    if review_on != row.review_on:
        row.review_on, row.nudges, row.nudged_on = review_on, 0, None
        row.save(update_fields=["review_on", "nudges", "nudged_on"])
    if before == text:
        return row
    Wording(commitment=row, version=row.version, **before.sealed_values()).save(force_insert=True)
    for name, value in text.sealed_values().items():
        setattr(row, name, value)
    row.version += 1
    row.changed_at = timezone.now()
    row.save()
    rewrite(row)
    notifications.wording_changed(row)
    return row


@transaction.atomic
def delete_commitment(*, by: Any, commitment: Commitment) -> None:
    """Delete it with its history, its witnesses and its copy, at once and for good."""
    row = held(commitment)
    require(can_change_commitment(by, row))
    withdraw(row)
    row.delete()


@transaction.atomic
def take_on(*, by: Any, commitment: Commitment) -> None:
    """The holder of a role takes on what was promised before them. A second press changes nothing."""
    row = held(commitment)
    require(row.role_id is not None and can_keep_commitment(by, row))
    row.carrier = by
    row.save(update_fields=["carrier"])
