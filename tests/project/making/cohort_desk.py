"""What the table of addresses names of cohorts on the desk."""

from __future__ import annotations

from typing import Any

from cohorts.models import Membership


def made(cast: dict[str, Any]) -> dict[str, str]:
    """Dev's place in his cohort."""
    place = Membership.objects.get(cohort__slug="spring", member=cast["dev"], left_at=None)
    return {"cohort_place": str(place.pk)}
