"""What threads offers at the doors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from caucuses.models import Seat
from caucuses.offers import way
from caucuses.threads.expiring import expire_posts
from core import doors


def later_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to what one has marked for later."""
    return way(seat=seat, name="threads:later_list", label=_("Marked for later"), request=request)


def register() -> None:
    """Make the offers."""
    doors.offer("caucus_way", later_way, order=20)
    doors.offer("caucus_expired", expire_posts)
