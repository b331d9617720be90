"""What the table of addresses names of matching."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accountability.matching.actions import add_limit
from accountability.matching.models import Limit, Match, MatchSeat, Round
from cohorts.models import Cohort


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of matching can name, made for Dev."""
    add_limit(by=cast["dev"], other=cast["ben"])
    spring = Cohort.objects.get(slug="spring")
    round_ = Round.objects.create(
        cohort=spring, number=900, seed=1, state="done", finished_at=timezone.now()
    )
    match = Match.objects.create(round=round_)
    seat, theirs = (MatchSeat(match=match, member=cast[name]) for name in ("dev", "chioma"))
    seat.reasons = (
        f'{{"{cast["chioma"].pk}": [{{"kind": "times", "values": ["1e"]}},'
        ' {"kind": "topics", "values": ["talks"]}]}'
    )
    seat.save()
    theirs.save()
    return {"match_seat": str(seat.pk), "match_limit": str(Limit.objects.of(cast["dev"])[0].pk)}
