"""What `home` offers at the doors of the page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import doors
from core.fragments import address, foot_line, nav_line


def today_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to Today, for members."""
    if not request.user.is_authenticated:
        return None
    return nav_line(request, address("home:today_show"), _("Today"))


def accessibility_line(*, request: HttpRequest, **_given: Any) -> str:
    """The footer's line to barriers and how to report them."""
    return foot_line("home:accessibility_show", _("Accessibility"))


def away_address(**_given: Any) -> str:
    """Where a page that hides leads: one that says nothing."""
    return reverse("home:away_show")


def public_addresses(**_given: Any) -> list[str]:
    """The front page and the pages about the site, for the sitemap."""
    return [reverse("home:front_show"), reverse("home:accessibility_show")]


def register() -> None:
    """Make the offers."""
    doors.offer("navigation", today_line, order=10)
    doors.offer("footer", accessibility_line, order=20)
    doors.offer("away", away_address)
    doors.offer("sitemap", public_addresses, order=10)
