"""What concerns offers at the doors: ways to report, a line for who facilitates, and what ends with a seat or with time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caucuses.concerns.actions.parting import empty_parted, end_with_seat, expire_concerns
from caucuses.concerns.choices import ConcernState
from caucuses.concerns.permissions import concerns_read_by
from caucuses.folding import can_fold_seat
from caucuses.models import Seat
from caucuses.naming import name_of
from caucuses.offers import way
from core import doors
from core.fragments import address


def reports_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to reports, the same for everybody in the room."""
    return way(seat=seat, name="concerns:concern_list", label=_("Reports"), request=request)


def report_beside(*, seat: Seat, other: Seat, **_given: Any) -> str | None:
    """The quiet way to report, beside another member of the room."""
    if not can_fold_seat(seat, other):
        return None
    url = address("concerns:concern_about_seat", seat.caucus_id, other.pk)
    context = {"links": [(url, _("Report"))], "name": name_of(other)}
    return render_to_string("caucuses/quiet_links.html", context)


def report_post(*, seat: Seat, post_id: UUID, **_given: Any) -> tuple[str, Promise]:
    """Address and words of the way to report a post."""
    return address("concerns:concern_about_post", seat.caucus_id, post_id), _("Report")


def report_waiting(*, seat: Seat, **_given: Any) -> str | None:
    """For who facilitates: that there is a report, without a number. Whom it is about is told nothing."""
    if not concerns_read_by(seat).filter(state=ConcernState.SENT).exists():
        return None
    url = address("concerns:concern_list", seat.caucus_id)
    return render_to_string("concerns/waiting.html", {"url": url})


def register() -> None:
    """Make the offers."""
    doors.offer("caucus_way", reports_way, order=70)
    doors.offer("beside_seat", report_beside, order=20)
    doors.offer("post_way", report_post)
    doors.offer("caucus_waiting", report_waiting, order=10)
    doors.offer("seat_left", end_with_seat)
    doors.offer("parted_posts", empty_parted)
    doors.offer("caucus_expired", expire_concerns)
