"""What matching tells, one function a message, and what a reader may see of each notice.

Every notice names the round and nothing else: what its reader sees follows from how their own seat in it stands now.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accountability.matching.choices import SeatState
from accountability.matching.models import MatchSeat, Round, Unmatched
from accountability.matching.permissions import seats_visible_to
from core.register import Payload, Shown
from notices.actions import notify_all

ROUND = "matching.round"


def round_is_over(round_: Round, members: Collection[Any]) -> None:
    """Everybody of the round: somebody was found for you, or nobody."""
    notify_all(members=members, kind=ROUND, payload={"round": round_.pk})


def match_came_about(round_: Round, members: Collection[Any]) -> None:
    """Each who had said yes before: all have, you are buddies."""
    notify_all(members=members, kind=ROUND, payload={"round": round_.pk})


def match_is_over(round_: Round, members: Collection[Any]) -> None:
    """Each who did not end it: it did not come about. It does not say who or why."""
    notify_all(members=members, kind=ROUND, payload={"round": round_.pk})


def known_rounds(member: Any) -> dict[str, Any]:
    """The rounds in which the member has a seat, or in which nobody was found for them."""
    seats = seats_visible_to(member).filter(match__round=OuterRef("pk"))
    alone = Unmatched.objects.filter(member=member, round=OuterRef("pk"))
    return {"round": Round.objects.filter(Exists(seats) | Exists(alone))}


def show_round(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """How each round stands for the member: two queries for all."""
    ids = {UUID(str(payload["round"])) for payload in payloads}
    seats = seats_visible_to(member).filter(match__round__in=ids).select_related("match")
    found = {str(seat.match.round_id): _of_seat(seat) for seat in seats}
    alone = Unmatched.objects.filter(member=member, round__in=ids)
    for round_id in alone.values_list("round", flat=True):
        words = _("Nobody could be found for you in this round. You can choose how to go on")
        found.setdefault(str(round_id), Shown(words, reverse("buddies:buddy_show")))
    return [found.get(str(payload["round"])) for payload in payloads]


def _of_seat(seat: MatchSeat) -> Shown:
    here = reverse("matching:match_show", args=[seat.pk])
    match seat.state:
        case SeatState.OPEN:
            return Shown(_("Somebody was found for you, and waits for your answer"), here)
        case SeatState.ACCEPTED:
            return Shown(_("You have said yes to a match"), here)
        case SeatState.PAIRED:
            return Shown(_("You have a buddy"), reverse("buddies:buddy_show"))
        case SeatState.FREED:
            return Shown(_("Your match did not come about"), here)
        case _:
            return Shown(_("A match is over"), here)
