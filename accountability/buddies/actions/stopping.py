"""What stopping contact means here: the two are no pair any more and cannot reach each other, and nothing says why.

Everything here looks as it does without a stop: a pair ends as when somebody leaves it, a request as when nobody answers.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.actions.holding import hold_members
from accountability.buddies.actions.lapsing import part_requests
from accountability.buddies.actions.pairs import leave_pair
from accountability.buddies.models import Place
from accountability.buddies.permissions import pairs_writable_by


@transaction.atomic
def part(*, by: Any, other: Any) -> None:
    """End what is between the two. Of three, who stopped leaves and the others go on. A second time changes nothing."""
    hold_members([by, other])
    with_other = Place.objects.open().filter(member=other.pk).values("pair")
    for pair in pairs_writable_by(by).filter(pk__in=with_other):
        leave_pair(pair=pair, by=by)
    part_requests(by=by, other=other, now=timezone.now())
