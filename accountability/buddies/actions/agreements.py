"""Writing, confirming and taking back the text of what a pair agrees on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accountability.buddies import notifications
from accountability.buddies.choices import AGREEMENT_TRANSITIONS, AgreementState
from accountability.buddies.models import Agreement, Confirmation, Pair, Place
from accountability.buddies.permissions import can_see_pair, can_write_in_pair
from core import doors
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind


class PairEnded(Exception):
    """The pair ended, or the member left it, while they wrote. Nothing was saved."""


class Conflict(Exception):
    """Another text was written, or one was taken back, since this one was begun. `newest` is the last one there is."""

    def __init__(self, newest: Agreement | None) -> None:
        super().__init__("Another text was written meanwhile.")
        self.newest = newest


class NotWaiting(Exception):
    """This text waits for no confirmation: it was taken back or answered with another one, or is in force."""


@dataclass(frozen=True)
class Terms:
    """What a member proposes."""

    rhythm: str
    at: time
    time_zone: str
    first_on: date
    why: str = ""
    channel: str = ""
    boundaries: str = ""
    feedback: str = ""
    quiet: str = ""


@transaction.atomic
def propose_agreement(*, pair: Pair, terms: Terms, seen: UUID | None, by: Any) -> Agreement:
    """Write a text, which counts as confirming it; a proposal that waited is answered by it. The others are told.

    `seen` is the newest text that its writer had before them. Raises Conflict when that is not the newest any more, and
    PairEnded.
    """
    pair = hold_pair(pair, by)
    newest = pair.agreements.order_by("-number").first()
    if (newest.pk if newest else None) != seen:
        raise Conflict(newest)
    for waiting in pair.agreements.proposed():
        _move(waiting, AgreementState.ANSWERED)
    owners.get_ready([Owner(OwnerKind.PAIR, pair.pk)])  # the key first, the row second
    number = newest.number + 1 if newest else 1
    agreement = Agreement(pair=pair, number=number, written_by=by, weekday=terms.first_on.weekday())
    for name, value in vars(terms).items():
        setattr(agreement, name, value)
    agreement.save(force_insert=True)
    Confirmation.objects.create(agreement=agreement, member=by)
    notifications.agreement_proposed(agreement, _others(pair, by))
    return agreement


@transaction.atomic
def confirm_agreement(*, pair: Pair, agreement_id: UUID, by: Any) -> Agreement:
    """Say yes to a text. When everybody has, it is in force. A second press changes nothing. Raises NotWaiting, PairEnded."""
    pair = hold_pair(pair, by)
    agreement = pair.agreements.filter(pk=agreement_id).first()
    if agreement is None or not (agreement.is_open or _is_confirmed(agreement, by)):
        raise NotWaiting
    if agreement.is_open:
        Confirmation.objects.get_or_create(agreement=agreement, member=by)
        settle_agreement(pair, timezone.now(), by=by)
        agreement.refresh_from_db()
    return agreement


@transaction.atomic
def take_back_agreement(*, pair: Pair, agreement_id: UUID, by: Any) -> None:
    """Delete a text that one has proposed and that is not in force. Raises NotWaiting, PairEnded."""
    pair = hold_pair(pair, by)
    mine = pair.agreements.proposed().filter(pk=agreement_id, written_by=by).first()
    if mine is None:
        raise NotWaiting
    mine.delete()


def settle_agreement(pair: Pair, now: datetime, *, by: Any) -> None:
    """Put the proposal in force if all who have an open place confirmed it; the check-ins follow, in the same transaction.

    To be called while the pair is held: when somebody confirmed, and when somebody left three who go on as two.
    """
    proposal = pair.agreements.proposed().first()
    places = Place.objects.open().filter(pair=pair).values_list("member", flat=True)
    if proposal is None or not set(places) <= proposal.confirmed_by():
        return
    for before in pair.agreements.in_force():
        _move(before, AgreementState.EARLIER)
    proposal.in_force_at = now
    _move(proposal, AgreementState.IN_FORCE)
    doors.ask("check_in_rhythm", pair=pair, agreement=proposal, now=now)
    notifications.agreement_in_force(proposal, _others(pair, by))


def hold_pair(pair: Pair, by: Any) -> Pair:
    """The pair, held, as it stands now. Raises PairEnded for a member who may read it and write no more."""
    require(can_see_pair(by, pair))
    held = Pair.objects.select_for_update(of=("self",), no_key=True).get(pk=pair.pk)
    if not can_write_in_pair(by, held):
        raise PairEnded
    return held


def _is_confirmed(agreement: Agreement, by: Any) -> bool:
    return agreement.state == AgreementState.IN_FORCE and by.pk in agreement.confirmed_by()


def _move(agreement: Agreement, state: AgreementState) -> None:
    """Raises ValueError for a step that the table does not name."""
    if state not in AGREEMENT_TRANSITIONS[agreement.state]:
        raise ValueError(f"An agreement that is {agreement.state} does not become {state}.")
    agreement.state = state
    agreement.save(update_fields=["state", "in_force_at"])


def _others(pair: Pair, by: Any) -> list[Any]:
    places = Place.objects.open().filter(pair=pair).exclude(member=by).select_related("member")
    return [place.member for place in places]
