"""Two people of an organization sign for it: one begins with what it pledges, another confirms or sends it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.letter import notifications
from accountability.letter.actions.signing import hold_current
from accountability.letter.choices import Part
from accountability.letter.models import LetterVersion, Pledge, Signature
from accountability.letter.permissions import (
    can_change_signature,
    can_confirm_signature,
    first_still_speaks,
    speaks_for_signature,
)
from accounts.permissions import speaks_for
from core.access import require


@dataclass(frozen=True)
class Promise:
    """What an organization will do for one part of the letter, by a day."""

    part: Part
    words: str
    due_on: date


class AlreadyConfirmed(Exception):
    """The organization has signed this version. `signature` is the one that stands."""

    def __init__(self, signature: Signature) -> None:
        super().__init__("It stands already.")
        self.signature = signature


class NotNow(Exception):
    """Nothing was done. `sentence` says why, and what can be done instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def sign_for_organization(
    *, version: LetterVersion, promises: Collection[Promise], seen_revision: int, by: Any
) -> Signature:
    """Begin the signature of one's organization, or change what one began (`seen_revision`, 0 for a new one).

    The others of the organization are told that a second person is needed. Raises Superseded, AlreadyConfirmed, or NotNow when a
    colleague has begun meanwhile, or one's own was changed elsewhere.
    """
    require(speaks_for(by, by.organization_id))
    if {promise.part for promise in promises} != set(Part):
        raise ValueError("An organization pledges at least one thing for each part.")
    hold_current(version)
    rows = Signature.objects.filter(version=version, organization=by.organization_id)
    signature = rows.select_for_update(of=("self",)).first()
    if signature is None:
        signature = _begin(version, seen_revision, by)
    else:
        _begin_again(signature, seen_revision, by)
    signature.pledges.all().delete()
    Pledge.objects.bulk_create(
        Pledge(signature=signature, part=one.part, words=one.words, due_on=one.due_on)
        for one in promises
    )
    notifications.signature_waits(signature)
    return signature


@transaction.atomic
def confirm_signature(*, signature: Signature, seen_revision: int, by: Any) -> Signature:
    """The second person confirms what they read: from now on it is public. Raises AlreadyConfirmed, or NotNow."""
    row = _held(signature, seen_revision, by)
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    notifications.signature_confirmed(row)
    return row


@transaction.atomic
def send_back(*, signature: Signature, reason: str, seen_revision: int, by: Any) -> Signature:
    """The second person asks for a change, in a sentence that the first one reads. Raises AlreadyConfirmed, or NotNow."""
    row = _held(signature, seen_revision, by)
    row.sent_back_reason, row.revision = reason, row.revision + 1
    row.save(update_fields=["sent_back_reason", "revision"])
    notifications.signature_sent_back(row)
    return row


def _begin(version: LetterVersion, seen_revision: int, by: Any) -> Signature:
    if seen_revision:
        raise NotNow(_("It was withdrawn meanwhile. What you typed stands here; send it again to begin anew."))  # fmt: skip
    row = Signature(version=version, organization_id=by.organization_id, member=by)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # a colleague pressed at the same moment
        raise NotNow(_("A colleague began it a moment ago. Look at theirs first; what you typed stands here.")) from None  # fmt: skip
    return row


def _begin_again(row: Signature, seen_revision: int, by: Any) -> None:
    """Change one's own, or take over from somebody who no longer speaks for the organization."""
    if row.confirmed_at is not None:
        raise AlreadyConfirmed(row)
    gone = not first_still_speaks(row)
    if not gone and not can_change_signature(by, row):
        raise NotNow(_("A colleague began it already. Look at theirs first; what you typed stands here."))  # fmt: skip
    if not gone and row.revision != seen_revision:
        raise NotNow(_("It was changed meanwhile, perhaps in another window or by a colleague who sent it back. What you typed stands here; look at both, and send it again if it still holds."))  # fmt: skip
    row.member, row.signed_at = by, timezone.now()
    row.sent_back_reason, row.revision = "", row.revision + 1
    row.save(update_fields=["member", "signed_at", "sent_back_reason", "revision"])


def _held(signature: Signature, seen_revision: int, by: Any) -> Signature:
    """The signature as it stands now, held for the second person. Raises AlreadyConfirmed, or NotNow with the reason."""
    held = Signature.objects.select_for_update(of=("self",)).filter(pk=signature.pk)
    row = held.select_related("version", "member", "organization").first()
    if row is None:
        raise NotNow(_("It was withdrawn meanwhile. Nothing was confirmed."))
    require(speaks_for_signature(by, row))
    if row.confirmed_at is not None:
        raise AlreadyConfirmed(row)
    require(row.member_id != by.pk, _("A second person of your organization confirms. You signed first."))  # fmt: skip
    if row.revision != seen_revision:
        raise NotNow(_("It was changed since you opened it. Nothing was confirmed: read what stands here now."))  # fmt: skip
    if not can_confirm_signature(by, row):
        raise NotNow(_why_not(row))
    return row


def _why_not(row: Signature) -> str:
    if row.sent_back_reason:
        return _("It was sent back meanwhile, and waits for a change by the person who began it.")
    if not first_still_speaks(row):
        return _("The person who signed no longer speaks for your organization, so it cannot be confirmed. You can begin anew with what stands here.")  # fmt: skip
    return _("A newer version of the letter was published, so this one is no longer signed. You can sign the new one with what stands here.")  # fmt: skip
