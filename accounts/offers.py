"""What `accounts` offers at the doors: the account menu, the footer's line on privacy, hourly reminders."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions import remind_second_factor_resets
from core import doors


def account(*, request: HttpRequest, **_given: Any) -> str:
    """The account menu, or the way to sign in."""
    return render_to_string("accounts/door_account.html", {"user": request.user}, request)


def privacy(*, request: HttpRequest, **_given: Any) -> str:
    """The footer's line to who can see what."""
    line = {"url": reverse("accounts:privacy_show"), "label": _("Who can see what")}
    return render_to_string("components/foot_line.html", line)


def hourly(*, now: datetime, **_given: Any) -> int:
    """Mail those whose second factor is about to be removed; returns how many."""
    return remind_second_factor_resets(now=now)


def register() -> None:
    """Make the offers."""
    doors.offer("account", account)
    doors.offer("footer", privacy, order=10)
    doors.offer("hourly", hourly)
