"""Sending a report inside a room, taking it back, answering it. None of it is in the room's log, and nobody is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.concerns.choices import LONGEST, MOST_A_DAY, ConcernState, today
from caucuses.concerns.models import Concern
from caucuses.concerns.permissions import (
    can_read_concern,
    concerns_written_by,
    did_write_concern,
    readers_for,
)
from caucuses.models import Seat
from caucuses.threads.models import Post
from caucuses.threads.permissions import can_read_post
from caucuses.tokens import writer_token
from core.access import require


class NobodyReads(Exception):
    """No facilitator is here whom it is not about."""


class TooMany(Exception):
    """The seat has sent several reports today."""


class Withdrawn(Exception):
    """Its writer has taken the report back, or its time was over."""


class AnsweredMeanwhile(Exception):
    """Another facilitator has answered since the page was opened."""

    def __init__(self, current: Concern) -> None:
        super().__init__()
        self.current = current


def id_for(seat: Seat, once: UUID) -> UUID:
    """The id of the report that a form with this key becomes: sent twice, it names the same row, and nothing is noted beside it."""
    return uuid5(seat.pk, str(once))


@transaction.atomic
def send_concern(
    *, seat: Seat, concern_id: UUID, words: str, about: Seat | None, post: Post | None = None
) -> Concern:
    """Report a post or a person. The same form sent twice sends one. Raises NobodyReads or TooMany.

    Of a post, what it says at this moment is kept with it, as far as the writer themselves reads it.
    """
    now = hold_caucus(seat)
    known = Concern.objects.filter(pk=concern_id, caucus=now.caucus_id).first()
    if known is not None:
        return known
    about = Seat.objects.filter(pk=about.pk).first() if about else None
    post = Post.objects.filter(pk=post.pk).first() if post else None
    require((about is None or about.caucus_id == now.caucus_id) and about != now)
    if not 0 < len(words) <= LONGEST:
        raise ValueError("A report has 1 to 5,000 characters.")
    if not readers_for(now, about, post).exists():
        raise NobodyReads
    if concerns_written_by(now).filter(sent_on=today()).count() >= MOST_A_DAY:
        raise TooMany
    concern = Concern(id=concern_id, caucus=now.caucus, about=about, post=post)
    concern.writer = writer_token(now.caucus, row=concern_id, seat=now.pk)
    concern.words = words
    here = Seat.objects.filter(caucus=now.caucus_id)
    concern.last_in_at = here.aggregate(last=Max("since"))["last"]
    if post is not None:
        concern.excerpt = str(post.text) if can_read_post(now, post) else ""
        concern.said_at = post.written_at
        concern.about_left_at = post.written_at if about is None else None
    concern.save(force_insert=True)
    return concern


@transaction.atomic
def withdraw_concern(*, seat: Seat, concern: Concern) -> None:
    """Take it back: the row goes. A second press changes nothing."""
    hold_caucus(seat)
    require(did_write_concern(seat, concern))
    Concern.objects.filter(pk=concern.pk).delete()


@transaction.atomic
def answer_concern(*, seat: Seat, concern: Concern, words: str, seen: datetime | None) -> None:
    """Answer, or put a better answer in the place of the one that was `seen`. Raises Withdrawn or AnsweredMeanwhile."""
    now = hold_caucus(seat)
    row = Concern.objects.filter(pk=concern.pk).first()
    if row is None:
        raise Withdrawn
    require(can_read_concern(now, row))
    if row.answered_at != seen:
        raise AnsweredMeanwhile(row)
    if not 0 < len(words) <= LONGEST:
        raise ValueError("An answer has 1 to 5,000 characters.")
    row.answer, row.state, row.answered_at = words, ConcernState.ANSWERED, timezone.now()
    row.save(update_fields=["answer", "state", "answered_at"])
