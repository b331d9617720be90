"""The backbone team's list of people, and what opening one of its pages leaves behind: a line that its member reads (threats F10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.choices import RoleKind
from accounts.models import Departure, Role, Suspension, User
from accounts.permissions import holds
from core import audit
from core.access import require

OPENED = "member.opened"
#: Who opens the same page twice within this time leaves one line.
ONE_LINE_EACH = timedelta(hours=1)


def people_visible_to(user: Any) -> QuerySet[User]:
    """Everybody with an account, for the backbone team; nobody for others. Each says whether they left (`has_left`).

    Of who left those alone about whom there is something to decide: a suspension that waits, or is in force.
    """
    if not _is_of_the_team(user):
        return User.objects.none()
    left = Departure.objects.filter(member_ref=OuterRef("pk"))
    to_decide = Suspension.objects.filter(withdrawn_at=None, ended_at=None).values("member")
    rows = User.objects.annotate(has_left=Exists(left))
    return rows.filter(Q(has_left=False) | Q(pk__in=to_decide))


def people_listed_for(user: Any) -> QuerySet[User]:
    """Those of them whom a list shows: nobody who has left."""
    return people_visible_to(user).exclude(pk__in=Departure.objects.values("member_ref"))


def can_see_person(user: Any, member: User) -> bool:
    """Whether the person may open this member’s page on the desk."""
    if not _is_of_the_team(user):
        return False
    return member.is_active or people_visible_to(user).filter(pk=member.pk).exists()


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
