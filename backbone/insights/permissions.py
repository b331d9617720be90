"""Who sees progress by name, and who may let theirs be seen. The numbers are everybody's who reads the cohort's page."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from cohorts.models import Cohort, Membership
from cohorts.permissions import facilitates_cohort


def cohorts_named_to(user: Any) -> QuerySet[Cohort]:
    """The cohorts in which the person reads names: those they facilitate now, as long as its people read its page."""
    if not user.is_authenticated:
        return Cohort.objects.none()
    return Cohort.objects.facilitated_by(user).read_by_all()


def can_read_names(user: Any, cohort: Cohort) -> bool:
    """Whether the person reads names in this cohort. The backbone does not."""
    return cohort.is_read_by_all and facilitates_cohort(user, cohort)


def places_of_learners(user: Any) -> QuerySet[Membership]:
    """The person's own places as one who learns, in cohorts whose page they read."""
    if not user.is_authenticated:
        return Membership.objects.none()
    mine = Membership.objects.current().filter(member=user, is_facilitator=False)
    return mine.filter(cohort__in=Cohort.objects.read_by_all())


def places_shown_by(user: Any) -> QuerySet[Membership]:
    """Those of them in which they may be shown by name: where they are counted, which is in their first cohort alone."""
    return places_of_learners(user).filter(cohort=Subquery(_first_cohort()))


def can_be_shown(user: Any, membership: Membership) -> bool:
    """Whether the person may let themselves be shown by name in this place: it is theirs, goes on, and they are counted there."""
    return (
        membership.member_id == user.pk
        and user.is_active
        and membership.left_at is None
        and not membership.is_facilitator
        and membership.cohort.is_read_by_all
        and is_counted_here(membership)
    )


def is_counted_here(membership: Membership) -> bool:
    """Whether the cohort of this place is the first one that its member was ever in, as anything. As a filter: `places_shown_by`."""
    places = Membership.objects.filter(member=membership.member_id)
    first = places.order_by("joined_at", "pk").values_list("cohort", flat=True).first()
    return bool(first == membership.cohort_id)


def _first_cohort() -> QuerySet[Any]:
    places = Membership.objects.filter(member=OuterRef("member"))
    return places.order_by("joined_at", "pk").values("cohort")[:1]
