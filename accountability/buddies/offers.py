"""What buddies offer at the doors: a line, a card on Today, the worker's part, and what stopping contact ends here."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accountability.buddies.actions.lapsing import end_requests_of_who_left, lapse_waited_out
from accountability.buddies.actions.passing import ask_again
from accountability.buddies.actions.places import rest_who_left, wake_who_came_back
from accountability.buddies.actions.stopping import part
from accountability.buddies.exporting import agreements
from accountability.buddies.leaving import remarks_for
from accountability.buddies.permissions import knows_as_buddy
from accountability.buddies.reading import waiting_today
from core import doors
from core.fragments import address, nav_line
from core.leaving import Remark


def buddy_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation, the same for every member, whether or not they have a buddy."""
    if not request.user.is_authenticated:
        return None
    return nav_line(request, address("buddies:buddy_show"), _("Buddy"))


def today_card(*, request: HttpRequest, **_given: Any) -> str | None:
    """Requests and a text that wait for the member, and no card when there is nothing."""
    if not request.user.is_authenticated:
        return None
    waiting = waiting_today(request.user)
    return (
        render_to_string("buddies/door_today_card.html", {"waiting": waiting}) if waiting else None
    )


def hourly(*, now: datetime) -> int:
    """Let lapse what nobody answered; have passed on what waits and has no task."""
    return lapse_waited_out(now) + ask_again()


def contact_stopped(*, by: Any, other: Any) -> None:
    """End what is between the two, without a word of the reason."""
    part(by=by, other=other)


def member_left(*, member: Any, now: datetime) -> None:
    """Requests end; a place rests as long as its member can come back. It is left when they are erased."""
    end_requests_of_who_left(member=member, now=now)
    rest_who_left(member=member, now=now)


def member_returned(*, member: Any, left_at: datetime, now: datetime) -> None:
    """Their place is awake again."""
    wake_who_came_back(member=member, left_at=left_at, now=now)


def leaving(*, member: Any) -> list[Remark]:
    """What the page of leaving says of a pair and of requests; nothing to who has neither."""
    return remarks_for(member)


def knows(*, member: Any, other_id: UUID) -> bool:
    """Whether the two know each other by a pair or a request, though they may share no cohort."""
    return knows_as_buddy(member, other_id)


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", buddy_line, order=32)
    doors.offer("today_card", today_card, order=20)
    doors.offer("hourly", hourly)
    doors.offer("contact_stopped", contact_stopped, order=10)
    doors.offer("member_left", member_left, order=10)
    doors.offer("member_returned", member_returned, order=10)
    doors.offer("leaving", leaving, order=30)
    doors.offer("knows", knows, order=10)
    doors.offer("pair_export", agreements, order=10)
