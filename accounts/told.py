"""What a member reads of their roles, seats and suspensions: in notices, and on `/account/visible/` with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, Seat, Suspension
from accounts.permissions import seats_of
from core.crypto.envelope import CannotOpen
from core.register import NoticeKind, Payload, Shown, Visible

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


def visible_roles(member: Any) -> Iterable[Visible]:
    """Every role that the member holds, known to members; and of all that they ever held who gave or ended it, and why."""
    between = gettext_lazy("You and the backbone team")
    rows = list(member.roles.select_related("given_by", "ended_by").order_by("given_at"))
    for role in rows:
        if role.is_held:
            named = {"role": role.get_kind_display()}
            yield Visible(_("Your role: %(role)s") % named, _("Members of the initiative"))
    for role in rows:
        yield Visible(_given(role), between)
        if not role.is_held:
            yield Visible(_ended(role), between)


def visible_suspensions(member: Any) -> Iterable[Visible]:
    """Every suspension of the member that was confirmed, with its reason; and what of it they could not know."""
    between = gettext_lazy("You and the backbone team")
    yield Visible(
        _("Whether somebody of the backbone team has asked to suspend your account, until another one confirms it"),
        _("The backbone team; you are told when it is confirmed"),
    )  # fmt: skip
    rows = member.suspensions.confirmed().select_related("asked_by", "confirmed_by")
    for row in rows.order_by("confirmed_at"):
        yield Visible(_suspended(row), between)


def _suspended(row: Suspension) -> str:
    try:
        reason = str(row.reason)
    except CannotOpen:  # the kernel has told the operators
        reason = _("the reason cannot be opened now")
    words = _("That your account was suspended on %(day)s, asked for by %(asked)s and confirmed by %(confirmed)s: %(reason)s")  # fmt: skip
    return words % {
        "day": _day(row.confirmed_at),
        "asked": row.asked_by or _("somebody who has left"),
        "confirmed": row.confirmed_by or _("somebody who has left"),
        "reason": reason,
    }


def _given(role: Role) -> str:
    return _("That you were given the role “%(role)s” on %(day)s, by %(name)s: %(reason)s") % {
        "role": role.get_kind_display(),
        "day": _day(role.given_at),
        "name": role.given_by or _("whoever keeps the server, or an invitation"),
        "reason": role.reason or _("no reason was written down"),
    }


def _ended(role: Role) -> str:
    return _("That it ended on %(day)s, by %(name)s: %(reason)s") % {
        "day": _day(role.ended_at),
        "name": role.ended_by or _("whoever keeps the server"),
        "reason": role.end_reason or _("no reason was written down"),
    }


def _day(at: datetime | None) -> str:
    return formats.date_format(timezone.localtime(at), "DATE_FORMAT")


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
