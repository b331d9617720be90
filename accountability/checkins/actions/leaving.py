"""What ends with a place, and what goes by age."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accountability.buddies.choices import LEAST
from accountability.buddies.models import Place
from accountability.checkins.actions.holding import places_of
from accountability.checkins.actions.settling import settle, settle_when_all_are_in
from accountability.checkins.models import Asking, CalendarLink, CheckIn, Part, PartDraft


@transaction.atomic
def end_place(*, place: Place, now: datetime) -> None:
    """Somebody has left: what they were writing is theirs alone, the link of their calendar leads nowhere.

    Asked in the transaction that ends the place, with the pair's row held.
    """
    mine = PartDraft.objects.filter(member=place.member_id, check_in__pair=place.pair_id)
    mine.filter(kept_since__isnull=True).update(kept_since=now, handed_in_at=None)
    CalendarLink.objects.filter(place=place).delete()
    Asking.objects.filter(place=place).delete()
    coming = CheckIn.objects.coming().filter(pair=place.pair_id).select_related("pair").first()
    if coming is None:
        return
    if len(places_of(place.pair_id)) < LEAST:
        settle(coming, now)
    else:
        settle_when_all_are_in(coming, now)


def prune_drafts() -> int:
    """Remove texts that were kept for their authors for 30 days, and those left lying as long; returns how many went."""
    return int(PartDraft.objects.past_keeping(timezone.now()).delete()[0])


def prune_parts() -> int:
    """Remove the parts of those who left a pair of three 30 days ago, with their older wordings; returns how many rows went."""
    return int(Part.objects.left_behind(timezone.now()).delete()[0])
