"""What caucuses offer at the doors: one line of the navigation, the same for every member."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from caucuses.actions.ending import end_broken_rooms
from caucuses.actions.expiring import expire_words
from caucuses.actions.inviting import invitation_of
from caucuses.actions.leaving import end_waiting_seats
from caucuses.actions.proposing import decide_due
from caucuses.folding import can_fold_seat
from caucuses.leaving import leaving
from caucuses.models import Seat
from caucuses.naming import name_of
from caucuses.owncopy import own_proposals
from caucuses.permissions import can_facilitate
from caucuses.restored import end_mailed_links
from core import doors
from core.fragments import address, fragment, nav_line


def caucus_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation, whether or not the member is in a caucus."""
    if not request.user.is_authenticated:
        return None
    return nav_line(request, address("caucuses:caucus_list"), _("Caucuses"))


def way(*, seat: Seat, name: str, label: Any, request: HttpRequest, but: str = "") -> str:
    """One line of the ways inside a caucus, for the rooms to offer at `caucus_way`. `name` is of an address that takes the caucus.

    Every page beneath that address is there, except those beneath the address named `but`, which has a line of its own.
    """
    url = address(name, seat.caucus_id)
    is_elsewhere = but and request.path.startswith(address(but, seat.caucus_id))
    here = request.path.startswith(url) and not is_elsewhere
    return fragment("caucuses/way.html", url=url, label=label, current=here)


def agreement_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to what the room agrees on."""
    return way(seat=seat, name="caucuses:agreement_show", label=_("Agreement"), request=request)


def stop_beside(*, seat: Seat, other: Seat, **_given: Any) -> str | None:
    """The quiet way to stop contact, beside another member of the room."""
    if not can_fold_seat(seat, other):
        return None
    url = address("caucuses:fold_begin", seat.caucus_id, other.pk)
    context = {"links": [(url, _("Stop contact"))], "name": name_of(other)}
    return render_to_string("caucuses/quiet_links.html", context)


def hourly(*, now: datetime) -> int:
    """Delete what its room has kept as long as it agreed, seats that nobody came to take, and what is left of broken rooms."""
    gone = end_broken_rooms() + end_waiting_seats(now=now)
    return gone + expire_words(now=now)


def people_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to who is in the room, and to one's own place in it."""
    return way(seat=seat, name="caucuses:people_show", label=_("People"), request=request)


def every_minute(*, now: datetime) -> int:
    """Decide proposals whose day has come."""
    return decide_due(now)


def coming_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str | None:
    """For facilitators the way to who asks and who is invited."""
    if not can_facilitate(seat):
        return None
    return way(seat=seat, name="caucuses:coming_show", label=_("Coming in"), request=request)


def privacy(**_given: Any) -> str:
    """What the page about privacy says of caucuses."""
    return render_to_string("caucuses/privacy.html")


def invitation_elsewhere(*, token_hash: str, **_given: Any) -> str | None:
    """The address to which a mail with this link was sent, for `cohorts`, whose page says nothing of a caucus."""
    return invitation_of(token_hash)


def register() -> None:
    """Make the offers."""
    doors.offer("leaving", leaving, order=50)
    doors.offer("beside_seat", stop_beside, order=10)
    doors.offer("hourly", hourly)
    doors.offer("caucus_way", agreement_way, order=60)
    doors.offer("caucus_way", people_way, order=70)
    doors.offer("every_minute", every_minute)
    doors.offer("restored", end_mailed_links)
    doors.offer("own_words", own_proposals, order=90)
    doors.offer("caucus_way", coming_way, order=80)
    doors.offer("privacy", privacy, order=120)
    doors.offer("invitation_elsewhere", invitation_elsewhere)
    doors.offer("navigation", caucus_line, order=36)
