"""What `accounts` offers at the doors: the account menu, seats on Today, the footer's line on privacy, hourly reminders."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.actions import remind_second_factor_resets
from accounts.erasing import erase_departed
from accounts.owncopy.actions import prune_copies
from accounts.owncopy.building import ask_again
from accounts.permissions import seats_offered_to
from accounts.restored import end_what_was_proved
from accounts.suspending import end_due_suspensions
from core import doors
from core.clock import today_here
from core.fragments import foot_line
from core.patterns import Pattern
from core.prepared import Prepared, Somebody

_MENU = Pattern("accounts/door_account.html", "initials", "name", "email", "links", "csrf_token")


def account(*, request: HttpRequest, **_given: Any) -> str:
    """The account menu, or the way to sign in."""
    member = request.user
    if not member.is_authenticated:
        return render_to_string("accounts/door_sign_in.html", {"request": request})
    return _MENU.made(
        {
            "initials": member.initials,
            "name": member.get_full_name(),
            "email": member.email,
            "links": doors.html("account_menu", request=request),
            "csrf_token": get_token(request),
        }
    )


def privacy(*, request: HttpRequest, **_given: Any) -> str:
    """The footer's line to who can see what."""
    return foot_line("accounts:privacy_show", _("Who can see what"))


_SEATS = Prepared(lambda: seats_offered_to(Somebody()))  # type: ignore[arg-type]  # who stands for a member


def seats(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """The card on Today with seats that wait for the member's answer; none while there are none."""
    if request is None or not request.user.is_authenticated:
        return None
    offered = _SEATS.ask(member=request.user.pk)
    if not offered:
        return None
    return render_to_string("accounts/door_today_card.html", {"seats": offered}, request)


def hourly(*, now: datetime, **_given: Any) -> int:
    """Mail those whose second factor is about to be removed, and open accounts whose day has come; returns how many."""
    opened = end_due_suspensions(today=today_here(now))
    return opened + remind_second_factor_resets(now=now)


def old_copies(*, now: datetime, **_given: Any) -> int:
    """Take away copies before they are a day old; have those made that wait and have no task."""
    return prune_copies(now) + ask_again()


def erasing(*, now: datetime, **_given: Any) -> int:
    """Erase those who left seven days ago; returns how many."""
    return erase_departed(now=now)


def register() -> None:
    """Make the offers."""
    doors.offer("account", account)
    doors.offer("footer", privacy, order=10)
    doors.offer("today_card", seats, order=10)
    doors.offer("hourly", hourly)
    doors.offer("hourly", old_copies)
    doors.offer("hourly", erasing, order=200)
    doors.offer("restored", end_what_was_proved)
