"""Of whom a member may know: whoever shares a cohort with them, or shared one, whoever they keep away from, and whoever is
known by something an app above holds (a pair, a request that came, a match, a witness)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from care.permissions import stops_visible_to
from care.tokens import token_of
from cohorts.models import Cohort, Membership
from cohorts.permissions import cohorts_visible_to
from core import doors


def people_known_to(user: Any) -> QuerySet[User]:
    """The others of all cohorts that the member is or was in, or may see; people who have left a cohort among them."""
    if not user.is_authenticated:
        return User.objects.none()
    mine = Membership.objects.filter(member=user).values("cohort")
    seen = Membership.objects.filter(Q(cohort__in=mine) | Q(cohort__in=cohorts_visible_to(user)))
    return User.objects.filter(pk__in=seen.values("member")).exclude(pk=user.pk)


def can_know_person(user: Any, member_id: UUID) -> bool:
    """Whether the member may know of this one. Beside `people_known_to`, who else they know (a buddy) is asked at a door.

    Somebody whom they have stopped stays known, so that what happened can still be reported.
    """
    if not user.is_authenticated or user.pk == member_id:
        return False
    if people_known_to(user).filter(pk=member_id).exists():
        return True
    if stops_visible_to(user).filter(token=token_of(user.pk, member_id)).exists():
        return True
    return any(doors.ask("knows", member=user, other_id=member_id))


def cohorts_with_people(user: Any) -> QuerySet[Cohort]:
    """The cohorts of which the member sees who is in them, those that are over last."""
    return cohorts_visible_to(user).order_by("-starts_on", "name")
