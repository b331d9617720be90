"""What the table of addresses names of checkins."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from accountability.buddies.models import Place
from accountability.checkins.actions import hand_in, make_link, plan_check_ins
from accountability.checkins.models import CheckIn, Part, PartDraft
from accountability.checkins.texts import Words
from tests.sweep.planting.kinds import pair_of


def made(cast: dict[str, Any]) -> dict[str, str]:
    """One of everything that an address of checkins can name, made for Dev."""
    dev, elu = cast["dev"], cast["elu"]
    pair = pair_of(dev, elu)
    now = timezone.now()
    plan_check_ins(pair=pair, rhythm="weekly", weekday=1, at=time(18), time_zone="UTC", now=now)
    past = CheckIn.objects.coming().get(pair=pair)
    for member, did in ((dev, "I asked her first."), (elu, "I sent the letter.")):
        hand_in(check_in=past, by=member, words=Words(did=did), seen=0)
    coming = CheckIn.objects.coming().get(pair=pair)
    kept = PartDraft(check_in=past, member=dev, kept_since=now)
    kept.did = "I was about to say this."
    kept.save()
    place = Place.objects.open().get(pair=pair, member=dev)
    return {
        "check_in_pair": str(pair.pk),
        "check_in": str(coming.pk),
        "past_check_in": str(past.pk),
        "part": str(Part.objects.get(check_in=past, member=dev).pk),
        "kept": str(kept.pk),
        "feed": make_link(place=place, by=dev, title="Tuesday walk"),
    }
