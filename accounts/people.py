"""The backbone team's list of people, and what opening one of its pages leaves behind: a line that its member reads (threats F10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from accounts.choices import RoleKind
from accounts.models import Role, Suspension, User
from accounts.permissions import holds
from core import audit
from core.access import require

OPENED = "member.opened"
#: Who opens the same page twice within this time leaves one line.
ONE_LINE_EACH = timedelta(hours=1)


def people_visible_to(user: Any) -> QuerySet[User]:
    """Everybody with an account, for the backbone team; nobody for others."""
    return User.objects.all() if _is_of_the_team(user) else User.objects.none()


def can_see_person(user: Any, _member: User) -> bool:
    """Whether the person may open this member's page on the desk."""
    return _is_of_the_team(user)


def for_list(rows: QuerySet[User]) -> QuerySet[User]:
    """By name, with organization, the roles that are held (`held_roles`) and the suspension in force (`suspended`): three queries."""
    held = Prefetch("roles", Role.objects.in_force().order_by("kind"), to_attr="held_roles")
    shut = Prefetch("suspensions", Suspension.objects.in_force(), to_attr="suspended")
    named = rows.select_related("organization").order_by("chosen_name", "id")
    return named.prefetch_related(held, shut)


def note_opening(*, member: User, by: Any) -> bool:
    """Note that somebody opened this member's page, at most once an hour. One's own page leaves nothing. True for a new line."""
    require(can_see_person(by, member))
    if by.pk == member.pk:
        return False
    return audit.record_once(OPENED, by=by, subject=member, within=ONE_LINE_EACH)


def _is_of_the_team(user: Any) -> bool:
    return bool(user.is_authenticated and holds(user, RoleKind.BACKBONE))
