"""What was kept as long as its room agreed goes: every hour, room by room, and each room in its own time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef

from caucuses.actions.holding import hold_room
from caucuses.choices import ProposalState
from caucuses.chores import guarded
from caucuses.models import Caucus, Proposal, Stance
from caucuses.retention import goes_before, terms_of
from core import doors


def expire_words(*, now: datetime) -> int:
    """Ask the rooms (door `caucus_expired`) to delete what is past its time; returns how many rows went.

    They do it in batches of one transaction each, so that it may be killed and run again. A room whose agreement cannot be
    opened is left as it is: nobody can tell how long its words are to be kept.
    """
    gone = 0
    for caucus in Caucus.objects.order_by("pk").iterator(chunk_size=50):
        gone += guarded(partial(_expire, caucus, now))
    return gone


def _expire(caucus: Caucus, now: datetime) -> int:
    terms = terms_of(caucus)
    before = goes_before(terms, now) if terms else None
    if before is None:
        return 0
    gone = sum(doors.ask("caucus_expired", caucus=caucus, before=before))
    return gone + _proposals(caucus, before)


@transaction.atomic
def _proposals(caucus: Caucus, before: datetime) -> int:
    """Proposals that were decided, with why they were made and what was said to them, by the last word on each. What was agreed on
    stays, as its versions.
    """
    hold_room(caucus.pk)
    younger = Stance.objects.filter(proposal=OuterRef("pk"), at__gte=before)
    rows = Proposal.objects.filter(~Exists(younger), caucus=caucus.pk, made_at__lt=before)
    gone, _of_each = rows.exclude(state=ProposalState.OPEN).delete()
    return gone
