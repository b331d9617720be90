"""Caucuses in a member's own copy: that they are in a room, what they said of its agreement, and what was said to them alone.

Nothing of another seat is in it, and no name of one. Whom they invited is not either, as on every page: that an invitation is
there, or has gone, may tell whose seat somebody's is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from caucuses.actions.parting import texts_of
from caucuses.agreed import wordings_of
from caucuses.choices import ProposalState, StanceKind
from caucuses.models import Fold, Proposal, Seat, Stance
from caucuses.permissions import seats_of
from caucuses.reading import opened
from caucuses.standing import Standing, standings_of
from core.register import Part, Words, values_of

LABELS: Mapping[str, Words] = {
    "room": _("Room"),
    "purpose": _("What it is for"),
    "my_name": _("Your name there"),
    "facilitates": _("You facilitate"),
    "is_asked": _("You are asked to facilitate"),
    "named_at_door": _("The door names you"),
    "taken": _("Your seat was made"),
    "since": _("In the room since"),
    "accepted": _("Version of the agreement that you accepted"),
    "folds": _("How many people there you keep folded away"),
    "proposals": _("What you proposed"),
    "made": _("Proposed"),
    "state": _("State"),
    **values_of("state", ProposalState),
    "why": _("Why"),
    "text": _("What we agree on"),
    "terms": _("How the room is kept"),
    "stances": _("What you said to proposals"),
    "kind": _("You"),
    **values_of("kind", StanceKind),
    "at": _("When"),
    "words": _("Words"),
    "name": _("The name you asked for"),
    "asked": _("Asked"),
    "declined": _("Declined"),
    "answer": _("What the facilitators answered"),
    "expires": _("Open until"),
    "reason": _("The reason"),
    "kept": _("What you were writing"),
}


def room_of(seat: Seat) -> str | None:
    """What the room is called that a seat is in, for every part that the rooms above add."""
    return opened(seat.caucus, "name")


def in_each_room(member: Any, rows: Any) -> Iterator[Mapping[str, Any]]:
    """What `rows(seat)` answers for each seat of the member, with the name of its room."""
    for seat in sorted(seats_of(member), key=lambda one: (one.taken_at, one.pk)):
        room = room_of(seat)
        for row in rows(seat):
            yield {"room": room, **row}


def own_copy(member: Any) -> Iterable[Part]:
    """Seats, requests, invitations that wait, and what is left of a removal."""
    yield Part("rooms", _("Rooms you are in"), partial(in_each_room, member, _seat))
    yield Part("requests", _("Rooms you asked to join"), partial(_requests, member))
    yield Part("invitations", _("Invitations to you"), partial(_invitations, member))
    yield Part("removals", _("Where you were removed"), partial(_removals, member))


def _seat(seat: Seat) -> Iterator[Mapping[str, Any]]:
    proposals = Proposal.objects.filter(seat=seat).order_by("made_at", "pk")
    stances = Stance.objects.filter(seat=seat).order_by("at", "pk")
    yield {
        "purpose": opened(seat.caucus, "purpose"),
        "my_name": opened(seat, "name"),
        "facilitates": seat.is_facilitator,
        "is_asked": seat.is_asked,
        "named_at_door": seat.is_named_at_door,
        "taken": seat.taken_at,
        "since": seat.since,
        "accepted": seat.accepted or None,
        "folds": Fold.objects.filter(seat=seat).count(),
        "proposals": [_proposal(row) for row in proposals],
        "stances": [
            {"kind": row.kind, "at": row.at, "words": opened(row, "words")} for row in stances
        ],
    }


def _proposal(row: Proposal) -> Mapping[str, Any]:
    (wording,) = wordings_of(row)
    return {
        "made": row.made_at,
        "state": row.state,
        "why": opened(row, "why"),
        "text": wording.text,
        "terms": [f"{line.label}: {line.words}" for line in wording.lines],
    }


def _requests(member: Any) -> Iterator[Mapping[str, Any]]:
    """The room is named while everybody may know of it."""
    for one in standings_of(member).asked:
        if one.request is not None:
            yield {
                "room": one.name if one.may_know else None,
                "asked": one.request.asked_at,
                "declined": one.request.declined_at,
                **_words(one.request, "name", "words", "answer"),
            }


def _invitations(member: Any) -> Iterator[Mapping[str, Any]]:
    for one in standings_of(member).invited:
        if one.invitation is not None:
            yield {
                "room": one.name,
                "expires": one.invitation.expires_at,
                **_words(one.invitation, "words"),
            }


def _removals(member: Any) -> Iterator[Mapping[str, Any]]:
    for one in standings_of(member).removed:
        yield _removal(one)


def _removal(one: Standing) -> Mapping[str, Any]:
    """By the name that the room had on that day."""
    parting = one.parting
    if parting is None:
        return {}
    return {
        "room": one.name_then,
        "at": parting.at,
        **_words(parting, "reason"),
        "kept": texts_of(parting),
    }


def _words(row: Any, *names: str) -> Mapping[str, Any]:
    return {name: opened(row, name) for name in names}
