"""What the desk offers at the doors of the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from accounts.permissions import holds
from core import doors
from core.fragments import address, nav_line


def desk_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation to the desk, for the backbone."""
    if not request.user.is_authenticated or not holds(request.user, RoleKind.BACKBONE):
        return None
    return nav_line(request, address("backbone:desk_show"), _("Desk"))


def invitations_card(**_given: Any) -> str:
    """The card on the desk's first page that leads to invitations."""
    return render_to_string("backbone/invitations_card.html")


def invite_line(*, cohort: Any, **_given: Any) -> str:
    """The line on a cohort's page of the desk that leads to inviting into it."""
    return render_to_string("backbone/invite_line.html", {"cohort": cohort})


def register() -> None:
    """Make the offers."""
    doors.offer("desk_card", invitations_card, order=30)
    doors.offer("cohort_desk_line", invite_line, order=30)
    doors.offer("navigation", desk_line, order=60)
