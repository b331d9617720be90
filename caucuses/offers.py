"""What caucuses offer at the doors: one line of the navigation, the same for every member."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caucuses.actions.inviting import invitation_of
from caucuses.models import Seat
from caucuses.permissions import can_facilitate
from core import doors


def caucus_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation, whether or not the member is in a caucus."""
    if not request.user.is_authenticated:
        return None
    url = reverse("caucuses:caucus_list")
    line = {"url": url, "label": _("Caucuses"), "current": request.path.startswith(url)}
    return render_to_string("components/nav_line.html", line)


def way(*, seat: Seat, name: str, label: Any, request: HttpRequest) -> str:
    """One line of the ways inside a caucus, for the rooms to offer at `caucus_way`. `name` is of an address that takes the caucus."""
    url = reverse(name, args=[seat.caucus_id])
    line = {"url": url, "label": label, "current": request.path.startswith(url)}
    return render_to_string("caucuses/way.html", line)


def agreement_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to what the room agrees on."""
    return way(seat=seat, name="caucuses:agreement_show", label=_("Agreement"), request=request)


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
    doors.offer("caucus_way", agreement_way, order=60)
    doors.offer("caucus_way", coming_way, order=80)
    doors.offer("privacy", privacy, order=120)
    doors.offer("invitation_elsewhere", invitation_elsewhere)
    doors.offer("navigation", caucus_line, order=36)
