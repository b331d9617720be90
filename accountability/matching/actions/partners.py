"""Forgetting who was with whom, when enough rounds have passed."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Max

from accountability.matching.models import Earlier, Round


def prune_earlier() -> int:
    """Remove the tokens of earlier partners that no later round asks for; returns how many went."""
    gone = 0
    last = Round.objects.values("cohort").annotate(last=Max("number"))
    for row in last.values_list("cohort", "last"):
        cohort, number = row
        least = number + 1 - settings.MATCHING_EARLIER_ROUNDS
        gone += Earlier.objects.filter(cohort=cohort, number__lt=least).delete()[0]
    return gone
