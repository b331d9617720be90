"""Inviting by address: found by whoever signs in with it, at `/caucuses/`. What happens is the same for every address."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Initiative
from caucuses.actions.holding import hold_caucus
from caucuses.actions.joining import hold_door, take_seat
from caucuses.actions.parting import lift_bar
from caucuses.actions.refusing import Refused
from caucuses.choices import INVITED_FOR, Happening, WhyNot
from caucuses.mailing import count_mail
from caucuses.models import Event, Invitation, Seat
from caucuses.permissions import can_facilitate
from caucuses.reading import opened
from caucuses.tokens import address_token, link_stand_in
from cohorts.actions.invitations import hash_of
from core.access import require
from core.mail import build

TOKEN = 32  # bytes


@transaction.atomic
def invite(
    *, seat: Seat, address: str, words: str = "", as_facilitator: bool = False, with_mail: bool = False
) -> Invitation:  # fmt: skip
    """Invite whoever signs in with this address. One that is open already gets these words and 14 new days.

    `with_mail` sends a mail that names no caucus and nobody, whether or not the address has an account; only with an invitation
    to facilitate, and as often as `caucuses.mailing` lets it (Refused). Whoever was removed is not kept out as long as it is open
    (`Standing.is_barred`), and still finds what was left for them. Nothing is looked up by the address, and nothing tells
    whether it belongs to a member, or to somebody in the room.
    """
    now = hold_caucus(seat)
    require(can_facilitate(now))
    require(as_facilitator or not with_mail)
    if with_mail:
        count_mail(now)
    caucus, address = now.caucus, address.strip().lower()
    token = address_token(caucus, address)
    known = Invitation.objects.filter(caucus=caucus, address_token=token).first()
    invitation = known or Invitation(caucus=caucus, address_token=token)
    invitation.seat, invitation.as_facilitator = now, as_facilitator
    invitation.made_at = timezone.now()
    invitation.expires_at = invitation.made_at + INVITED_FOR
    invitation.address, invitation.words = address, words
    link = _new_link(invitation) if with_mail else ""
    invitation.save()
    if link:  # the row of the mail names the address: it must not come from the transaction that wrote the invitation
        transaction.on_commit(partial(_mail, address, link), robust=True)
    return invitation


@transaction.atomic
def take_back(*, seat: Seat, address: str) -> None:
    """Take the invitation of this address back, whoever of the facilitators sent it. Nothing tells whether there was one."""
    now = hold_caucus(seat)
    require(can_facilitate(now))
    token = address_token(now.caucus, address)
    Invitation.objects.filter(caucus=now.caucus, address_token=token).delete()


@transaction.atomic
def accept_invitation(*, caucus_id: UUID, by: Any, name: str) -> Seat:
    """Take the seat that one was invited to; the agreement is still to be accepted. Raises Refused when it is not open any more."""
    here = _held(caucus_id, by)
    if here.seat is not None:
        return here.seat
    if here.invitation is None:
        raise Refused(WhyNot.NOT_INVITED)
    facilitates = here.invitation.as_facilitator
    seat = take_seat(here, by=by, name=name, as_facilitator=facilitates)
    if facilitates:
        Event.objects.create(caucus=here.caucus, what=Happening.FACILITATES, seat=seat)
    return seat


@transaction.atomic
def decline_invitation(*, caucus_id: UUID, by: Any) -> None:
    """Say no, without a reason: the invitation goes, and nobody gets a word. A second press changes nothing.

    Whoever was removed and is wanted again is not kept out any more by having said no.
    """
    here = _held(caucus_id, by)
    if here.invitation is not None:
        here.invitation.delete()
        if here.parting is not None:
            lift_bar(here.caucus, here.parting.token)


def invitation_of(link_hash: str) -> str | None:
    """The address of the open invitation whose mail held the link with this hash; None for any other link."""
    known = link_stand_in(link_hash)
    invitation = Invitation.objects.filter(link_hash=known, expires_at__gt=timezone.now()).first()
    return opened(invitation, "address") if invitation is not None else None


def _held(caucus_id: UUID, by: Any) -> Any:
    try:
        return hold_door(caucus_id, by)
    except Refused:
        raise Refused(WhyNot.NOT_INVITED) from None


def _new_link(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(TOKEN)
    invitation.link_hash = link_stand_in(hash_of(token))
    return settings.SITE_URL + reverse("cohorts:invitation_open", args=[token])


def _mail(address: str, link: str) -> None:
    """The very mail of an invitation to the initiative."""
    context = {"initiative": Initiative.load(), "link": link}
    build(to=address, template="cohorts/mail/invitation", context=context).send()
