"""The room itself, and its own log."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from caucuses.agreed import opened
from caucuses.choices import Happening, ProposalState
from caucuses.entering import seated
from caucuses.models import Seat
from caucuses.naming import name_of
from caucuses.permissions import (
    can_facilitate,
    events_visible_to,
    facilitators_of,
    proposals_visible_to,
)
from caucuses.stretches import newest_page
from core.access import MEMBER, open_to

#: How long the first page greets somebody who has come in.
WELCOME_FOR = timedelta(days=7)
#: What the room did and no single seat.
BY_THE_ROOM = frozenset({Happening.AGREEMENT, Happening.NOT_ADOPTED})


@open_to(MEMBER)
@require_GET
@seated
def room_show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The first page inside: what the room is for, what is going on in it, what waits."""
    proposals = proposals_visible_to(seat).filter(state=ProposalState.OPEN)
    facilitating = facilitators_of(seat.caucus).order_by("since", "pk")
    context = {
        "seat": seat,
        "purpose": opened(seat.caucus, "purpose"),
        "proposal": proposals.first(),
        "facilitates": can_facilitate(seat),
        "facilitators": [name_of(row) for row in facilitating],
        "is_new": seat.since is not None and timezone.now() - seat.since < WELCOME_FOR,
    }
    return render(request, "caucuses/room_show.html", context)


@open_to(MEMBER)
@require_GET
@seated
def log_show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What happened in the room since the reader came, the newest first."""
    events = events_visible_to(seat).select_related("seat")
    page = newest_page(request, events, "at")
    context = {
        "seat": seat,
        "page": page,
        "events": [
            (row, "" if row.what in BY_THE_ROOM else name_of(row.seat)) for row in page.newest_first
        ],
    }
    return render(request, "caucuses/log_show.html", context)
