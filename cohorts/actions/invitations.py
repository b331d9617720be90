"""Invitations: send, accept. The link is in the mail alone; the database keeps its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import give_role
from accounts.choices import RoleKind
from accounts.models import User
from cohorts import notifications
from cohorts.actions.memberships import join_cohort
from cohorts.actions.over import CohortIsOver, held_open
from cohorts.models import Cohort, Invitation
from cohorts.permissions import can_accept_invitation, can_invite, can_see_invitation
from core import audit
from core.access import require

TOKEN = 32  # bytes
OPEN_FOR = timedelta(days=14)


class AlreadyInvited(Exception):
    """The same invitation is open already. Its link cannot be shown again: only its hash is kept."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__("The same invitation is open already.")
        self.invitation = invitation


class AlreadyThere(Exception):
    """The person is a member already, with this role and in this cohort."""


class InvitationGone(Exception):
    """The invitation was used or has expired meanwhile, is for somebody else, or its cohort is over."""


@dataclass(frozen=True)
class SentInvitation:
    """An invitation with its link, which exists here and in the mail only."""

    invitation: Invitation
    link: str


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    email: str,
    by: Any | None,
    role: str = "",
    cohort: Cohort | None = None,
    as_facilitator: bool = False,
    again: bool = False,
) -> SentInvitation:
    """Invite a person by mail to make an account, with a role, a place in a cohort, both or neither.

    `by` None is a command on the server. Raises ValidationError for no address, CohortIsOver, AlreadyThere, and AlreadyInvited unless
    `again` is set: then the open invitation gets a new link and 14 new days, and its old link is dead.
    """
    require(by is None or can_invite(by))
    address = email.strip().lower()
    validate_email(address)
    if cohort is not None:
        held_open(cohort)
    _refuse_if_there(address, role, cohort, as_facilitator)
    wanted = {
        "email": address,
        "role": RoleKind(role).value if role else "",
        "cohort": cohort,
        "as_facilitator": as_facilitator,
    }
    invitation = Invitation.objects.open().filter(**wanted).first()
    if invitation is not None and not again:
        raise AlreadyInvited(invitation)
    token, now = secrets.token_urlsafe(TOKEN), timezone.now()
    invitation = invitation or Invitation(**wanted)
    invitation.token_hash = hash_of(token)
    invitation.invited_by = by
    invitation.sent_at, invitation.expires_at = now, now + OPEN_FOR
    invitation.save()
    audit.record("invitation.sent", by=by, subject=invitation)
    link = settings.SITE_URL + reverse("cohorts:invitation_open", args=[token])
    notifications.invitation_sent(invitation, link)
    return SentInvitation(invitation, link)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: Any) -> None:
    """Use the invitation up, at one stroke with what it gives. Raises InvitationGone when that cannot be (any more)."""
    if not can_accept_invitation(by, invitation):
        raise InvitationGone
    if invitation.cohort is not None:
        try:
            held_open(invitation.cohort)
        except CohortIsOver:
            raise InvitationGone from None
    now = timezone.now()
    used = Invitation.objects.open(now).filter(pk=invitation.pk, token_hash=invitation.token_hash)
    if not used.update(accepted_at=now, accepted_by=by):
        raise InvitationGone
    audit.record("invitation.accepted", by=by, subject=invitation)
    if invitation.role:
        give_role(member=by, kind=RoleKind(invitation.role), reason="by invitation", by=None)
    if invitation.cohort is not None:
        join_cohort(
            cohort=invitation.cohort,
            member=by,
            by=None,
            as_facilitator=invitation.as_facilitator,
        )


@transaction.atomic
def send_again(*, invitation: Invitation, by: Any) -> SentInvitation:
    """A new link and 14 new days for an open invitation; its old link is dead.

    Raises InvitationGone when it was accepted or has expired, CohortIsOver, and AlreadyThere.
    """
    require(can_see_invitation(by, invitation))
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        raise InvitationGone
    return invite(
        email=invitation.email,
        by=by,
        role=invitation.role,
        cohort=invitation.cohort,
        as_facilitator=invitation.as_facilitator,
        again=True,
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Any) -> bool:
    """Take back an open invitation: its row goes, address and all, and its link is as one that never was.

    False when it was accepted, or withdrawn, before.
    """
    require(can_see_invitation(by, invitation))
    gone, _kinds = Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).delete()
    if gone:
        audit.record("invitation.withdrawn", by=by, subject=invitation)
    return bool(gone)


def _refuse_if_there(address: str, role: str, cohort: Cohort | None, as_facilitator: bool) -> None:
    """Raise AlreadyThere when the person has all of it already."""
    member = User.objects.filter(email=address).first()
    if member is None or (role and role not in member.role_names):
        return
    if cohort is not None:
        mine = cohort.memberships.current().filter(member=member)
        if as_facilitator:
            mine = mine.filter(is_facilitator=True)
        if not mine.exists():
            return
    raise AlreadyThere
