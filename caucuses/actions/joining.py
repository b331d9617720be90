"""Coming in: by the open way, by asking, and what facilitators answer. Each holds the caucus and asks again how things stand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from caucuses.actions.holding import hold_caucus, hold_room
from caucuses.actions.parting import lift_bar
from caucuses.actions.refusing import Refused
from caucuses.actions.seating import sit
from caucuses.choices import Joining, WhyNot
from caucuses.models import Caucus, JoinRequest, Seat
from caucuses.names import free_name
from caucuses.permissions import can_facilitate
from caucuses.reading import opened
from caucuses.standing import Standing, standing_in
from caucuses.tokens import token_for
from core.access import require


@transaction.atomic
def join_caucus(*, caucus_id: UUID, by: Any, name: str) -> Seat:
    """Take a seat by the open way. The agreement is still to be accepted; a second press gives the same seat. Raises Refused."""
    here = hold_door(caucus_id, by)
    if here.seat is not None:
        return here.seat
    _refuse_unless(here, Joining.OPEN)
    return take_seat(here, by=by, name=name)


@transaction.atomic
def ask_to_join(*, caucus_id: UUID, by: Any, name: str, words: str) -> JoinRequest | None:
    """Ask the facilitators. None for somebody who is in by now. The same words sent twice are one request. Raises Refused."""
    here = hold_door(caucus_id, by)
    if here.seat is not None:
        return None
    _refuse_unless(here, Joining.REQUEST)
    known = here.request
    if known is None:
        return write_request(caucus=here.caucus, by=by, name=name, words=words)
    if known.declined_at is not None:
        raise Refused(WhyNot.DECLINED)
    if (opened(known, "name"), opened(known, "words")) != (name, words):
        raise Refused(WhyNot.ASKED)
    return known


def write_request(*, caucus: Caucus, by: Any, name: str, words: str) -> JoinRequest:
    """The request itself. Who may ask is asked before."""
    request = JoinRequest(caucus=caucus, token=token_for(caucus, by.pk))
    request.who, request.name, request.words = str(by.pk), name, words
    request.save(force_insert=True)
    return request


@transaction.atomic
def withdraw_request(*, request: JoinRequest, by: Any) -> None:
    """Take one's own request back. Raises Refused when it was answered meanwhile; a second press changes nothing."""
    caucus = hold_room(request.caucus_id)
    known = standing_in(by, caucus).request if caucus is not None else None
    if known is None or known.pk != request.pk:
        raise Refused(WhyNot.ANSWERED)
    if known.declined_at is not None:
        raise Refused(WhyNot.DECLINED)
    known.delete()


@transaction.atomic
def accept_request(*, seat: Seat, request_id: UUID) -> Seat:
    """Let somebody in who asked: they find the room in their list. Raises Refused when they have taken it back."""
    request = _to_answer(seat, request_id)
    who = opened(request, "who")
    member = User.objects.filter(pk=who, is_active=True).first() if who else None
    if member is None:
        raise Refused(WhyNot.WITHDRAWN)
    here = standing_in(member, request.caucus)
    # A name that was damaged keeps nobody out: they choose another one inside.
    return take_seat(here, by=member, name=opened(request, "name") or _("a new member"))


@transaction.atomic
def decline_request(*, seat: Seat, request_id: UUID, words: str) -> None:
    """Decline with words to who asked. Raises Refused when they have taken it back, or it was answered."""
    request = _to_answer(seat, request_id)
    request.answer, request.declined_at = words, timezone.now()
    request.save(update_fields=["answer", "declined_at"])


def hold_door(caucus_id: UUID, by: Any) -> Standing:
    """Hold the caucus until the transaction ends, and say how the member stands to it now. Raises Refused without one."""
    caucus = hold_room(caucus_id)
    here = standing_in(by, caucus) if caucus is not None else None
    if here is None or not here.may_know:
        raise Refused(WhyNot.CHANGED)
    return here


def take_seat(here: Standing, *, by: Any, name: str, as_facilitator: bool = False) -> Seat:
    """The seat; the request and the invitation have served their time. What was left of a removal they can still read."""
    caucus = here.caucus
    seat = sit(
        caucus=caucus, member=by, name=free_name(caucus, name), as_facilitator=as_facilitator
    )
    for row in (here.request, here.invitation):
        if row is not None:
            row.delete()
    lift_bar(caucus, seat.token)
    return seat


def _to_answer(seat: Seat, request_id: UUID) -> JoinRequest:
    now = hold_caucus(seat)
    require(can_facilitate(now))
    request = JoinRequest.objects.filter(pk=request_id, caucus=now.caucus).first()
    if request is None or request.declined_at is not None:
        raise Refused(WhyNot.WITHDRAWN)
    request.caucus = now.caucus
    return request


def _refuse_unless(here: Standing, way: Joining) -> None:
    if here.is_barred:
        raise Refused(WhyNot.REMOVED)
    if not here.caucus.is_listed or here.caucus.joining != way:
        raise Refused(WhyNot.CHANGED)
