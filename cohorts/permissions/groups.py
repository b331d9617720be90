"""Who knows of a cohort, writes in it, runs it, sets it up; who ends and turns places in it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.choices import RoleKind
from accounts.permissions import holds
from cohorts.models import Cohort, Membership


def cohorts_visible_to(user: Any) -> QuerySet[Cohort]:
    """The cohorts whose page a person reads: their own, all for the backbone; of one that ended, 30 days on its facilitators alone."""
    if not user.is_authenticated:
        return Cohort.objects.none()
    if holds(user, RoleKind.BACKBONE):
        return Cohort.objects.all()
    return Cohort.objects.read_by(user)


def can_see_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may read this cohort's page."""
    if not user.is_authenticated:
        return False
    if holds(user, RoleKind.BACKBONE):
        return True
    mine = cohort.memberships.current().filter(member=user)
    return (mine if cohort.is_read_by_all else mine.filter(is_facilitator=True)).exists()


def cohorts_written_in_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts in which the person may say something: those they read, until the last day has passed."""
    return cohorts_visible_to(user).not_over()  # type: ignore[attr-defined, no-any-return]


def can_write_in_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may open prompts and reply: after its last day a cohort is read alone."""
    return not cohort.is_over and can_see_cohort(user, cohort)


def cohorts_run_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts that the person runs, also when they are over: those they facilitate; all for the backbone."""
    if not user.is_authenticated:
        return Cohort.objects.none()
    if holds(user, RoleKind.BACKBONE):
        return Cohort.objects.all()
    return Cohort.objects.facilitated_by(user)


def can_run_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person facilitates the cohort, or is of the backbone."""
    if not user.is_authenticated:
        return False
    return holds(user, RoleKind.BACKBONE) or facilitates_cohort(user, cohort)


def cohorts_announced_in_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts in which the person may post announcements: those they run, until the last day has passed."""
    return cohorts_run_by(user).not_over()  # type: ignore[attr-defined, no-any-return]


def can_announce_in_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may post announcements: facilitators of the cohort and the backbone, until it is over."""
    return not cohort.is_over and can_run_cohort(user, cohort)


def facilitates_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person facilitates it now. As a filter: `Cohort.objects.facilitated_by`."""
    if not user.is_authenticated:
        return False
    place = cohort.place_of(user)
    return place is not None and place.is_facilitator


def can_make_cohort(user: Any) -> bool:
    """Whether the person may make a cohort: the backbone. Of one that exists: `can_change_cohort`."""
    return holds(user, RoleKind.BACKBONE)


def cohorts_changeable_by(user: Any) -> QuerySet[Cohort]:
    """The cohorts whose name, purpose and days the person may set: all for the backbone, nobody else's."""
    return Cohort.objects.all() if holds(user, RoleKind.BACKBONE) else Cohort.objects.none()


def can_change_cohort(user: Any, _cohort: Cohort) -> bool:
    """Whether the person may set its name, purpose and days: the backbone, also when it is over."""
    return holds(user, RoleKind.BACKBONE)


def cohorts_going_on_for(user: Any) -> QuerySet[Cohort]:
    """The cohorts that the person may plan, add people to, and end: for the backbone those that are not over."""
    return cohorts_changeable_by(user).not_over()  # type: ignore[attr-defined, no-any-return]


def can_carry_on_cohort(user: Any, cohort: Cohort) -> bool:
    """Whether the person may plan it, add people to it, and end it: the backbone, until it is over."""
    return not cohort.is_over and can_change_cohort(user, cohort)


def can_change_memberships(user: Any) -> bool:
    """Whether the person may add others to cohorts and end their memberships: the backbone."""
    return holds(user, RoleKind.BACKBONE)


def memberships_changeable_by(user: Any) -> QuerySet[Membership]:
    """The places in cohorts that the person may end, or make those of facilitators: all that go on, for the backbone."""
    if not can_change_memberships(user):
        return Membership.objects.none()
    return Membership.objects.current()


def can_change_membership(user: Any, membership: Membership) -> bool:
    """Whether the person may end this place or make it one of a facilitator: the backbone, while it goes on."""
    goes_on = membership.left_at is None and membership.member.is_active
    return goes_on and can_change_memberships(user)
