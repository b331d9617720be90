"""What progress by name offers at the doors: the way to it on a cohort's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from backbone.insights.actions import forget_names
from backbone.insights.models import NamedProgress
from cohorts.models import Cohort, Membership
from core import doors


def progress_line(*, request: HttpRequest, cohort: Cohort, **_given: Any) -> str | None:
    """For one who learns here whether they are shown by name, with the press that ends it; for who facilitates the way to the names."""
    if not cohort.is_read_by_all or not request.user.is_authenticated:
        return None
    place = cohort.place_of(request.user)
    if place is None:
        return None
    learns = not place.is_facilitator
    context = {
        "cohort": cohort,
        "facilitates": not learns,
        "is_shown": learns and NamedProgress.objects.filter(membership=place).exists(),
    }
    return render_to_string("backbone/door_progress.html", context, request)


def place_changed(*, membership: Membership, **_given: Any) -> None:
    """Whoever leaves, or facilitates from now on, takes their name along. Who comes back decides anew."""
    NamedProgress.objects.filter(membership=membership).delete()
    forget_names(membership.member_id, cohort=membership.cohort)


def register() -> None:
    """Make the offers."""
    doors.offer("place_changed", place_changed)
    doors.offer("cohort_insights", progress_line, order=110)
