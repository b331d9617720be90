"""What caucuses offer at the doors: one line of the navigation, the same for every member."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from caucuses.models import Seat
from core import doors
from core.fragments import address, fragment, nav_line


def caucus_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation, whether or not the member is in a caucus."""
    if not request.user.is_authenticated:
        return None
    return nav_line(request, address("caucuses:caucus_list"), _("Caucuses"))


def way(*, seat: Seat, name: str, label: Any, request: HttpRequest) -> str:
    """One line of the ways inside a caucus, for the rooms to offer at `caucus_way`. `name` is of an address that takes the caucus."""
    url = reverse(name, args=[seat.caucus_id])
    here = request.path.startswith(url)
    return fragment("caucuses/way.html", url=url, label=label, current=here)


def agreement_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to what the room agrees on."""
    return way(seat=seat, name="caucuses:agreement_show", label=_("Agreement"), request=request)


def register() -> None:
    """Make the offers."""
    doors.offer("caucus_way", agreement_way, order=60)
    doors.offer("navigation", caucus_line, order=36)
