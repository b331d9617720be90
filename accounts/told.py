"""What a member reads of their roles and seats in notices. With who, when and why: `accounts.visible`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, Seat
from accounts.permissions import seats_of
from core.register import NoticeKind, Payload, Shown

ROLE = "accounts.role"
SEAT = "accounts.seat"


def known_roles(member: Any) -> dict[str, Any]:
    """The member's own roles, held or ended."""
    return {"role": Role.objects.filter(member=member)}


def show_roles(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """Each role as it stands now: one query for all."""
    ids = {str(payload["role"]) for payload in payloads}
    found = {str(row.pk): row for row in Role.objects.filter(member=member, pk__in=ids)}
    return [_role(found.get(str(payload["role"]))) for payload in payloads]


def _role(role: Role | None) -> Shown | None:
    if role is None:
        return None
    words = (
        _("You hold the role “%(role)s” now")
        if role.is_held
        else _("You no longer hold the role “%(role)s”")
    )
    return Shown(words % {"role": role.get_kind_display()}, reverse("accounts:visible_show"))


def known_seats(member: Any) -> dict[str, Any]:
    """The member's own seats, whatever became of them."""
    return {"seat": seats_of(member)}


def show_seats(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """Each seat as it stands now: one query for all."""
    ids = {str(payload["seat"]) for payload in payloads}
    found = {str(row.pk): row for row in seats_of(member).filter(pk__in=ids)}
    return [_seat(found.get(str(payload["seat"]))) for payload in payloads]


def _seat(seat: Seat | None) -> Shown | None:
    if seat is None:
        return None
    if seat.ended_at is not None:
        words = _("A seat in %(body)s is no longer yours, or no longer offered to you")
    elif seat.accepted_at is not None:
        words = _("You hold a seat in %(body)s")
    else:
        words = _("A seat in %(body)s is offered to you")
    return Shown(words % {"body": seat.body}, reverse("accounts:account_show"))


KINDS = (
    NoticeKind(
        ROLE,
        gettext_lazy("Your roles"),
        gettext_lazy("When you are given a role, or a role of yours ends."),
        show_roles,
        known=known_roles,
    ),
    NoticeKind(
        SEAT,
        gettext_lazy("Your seats in bodies"),
        gettext_lazy("When a seat is offered to you, or a seat of yours ends."),
        show_seats,
        known=known_seats,
    ),
)
