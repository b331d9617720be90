"""Who may know of a report inside a room: who wrote it, and the facilitators whom it is not about.

That a seat wrote one is told by a keyed token of this very row. So one's own are found by trying each row of the room, which are
few; the table itself tells nobody that two have one writer.
"""

from __future__ import annotations

import hmac
from uuid import UUID

from django.db.models import Q, QuerySet

from caucuses.concerns.models import Concern
from caucuses.models import Seat
from caucuses.permissions import can_facilitate
from caucuses.threads.models import Post
from caucuses.tokens import writer_token


def concerns_written_by(seat: Seat) -> QuerySet[Concern]:
    """The seat's own reports. One question to find them, by as many tokens as the room has reports."""
    rows = Concern.objects.filter(caucus=seat.caucus_id).exclude(writer="")
    found = [pk for pk, writer in rows.values_list("pk", "writer") if _is_of(seat, pk, writer)]
    return Concern.objects.filter(pk__in=found)


def did_write_concern(seat: Seat, concern: Concern) -> bool:
    """Whether it is the seat's own. The other form of `concerns_written_by`."""
    return concern.caucus_id == seat.caucus_id and _is_of(seat, concern.pk, concern.writer)


def concerns_read_by(seat: Seat) -> QuerySet[Concern]:
    """The reports that a facilitator reads: not about them, not their own, and sent since they came."""
    if not can_facilitate(seat) or seat.since is None:
        return Concern.objects.none()
    rows = Concern.objects.filter(caucus=seat.caucus_id, last_in_at__gte=seat.since)
    was_here = Q(about_left_at__isnull=True) | Q(about_left_at__gt=seat.since)
    not_about = Q(about__isnull=True) | ~Q(about=seat.pk)
    own = list(concerns_written_by(seat).values_list("pk", flat=True))
    return rows.filter(was_here, not_about).exclude(pk__in=own)


def can_read_concern(seat: Seat, concern: Concern) -> bool:
    """Whether the seat reads and answers it as a facilitator. The other form of `concerns_read_by`."""
    return can_facilitate(seat) and _is_for(seat, concern) and not did_write_concern(seat, concern)


def can_read_excerpt(seat: Seat, concern: Concern) -> bool:
    """Whether the seat reads what the post said: as a facilitator, who was here when it was written. Its reporter does not."""
    if not can_read_concern(seat, concern) or seat.since is None:
        return False
    return concern.said_at is not None and concern.said_at >= seat.since


def concerns_visible_to(seat: Seat) -> QuerySet[Concern]:
    """The reports a seat may know of: its own, and those that it reads as a facilitator."""
    return concerns_written_by(seat) | concerns_read_by(seat)


def can_see_concern(seat: Seat, concern: Concern) -> bool:
    """Whether the seat may know of it."""
    return did_write_concern(seat, concern) or can_read_concern(seat, concern)


def readers_for(seat: Seat, about: Seat | None, post: Post | None = None) -> QuerySet[Seat]:
    """Who would read a report of this seat: the facilitators, without the two of them.

    Of a post by a former member those alone who were here when it was written: nobody else can be sure not to be its author.
    """
    apart = [seat.pk, *([about.pk] if about else [])]
    rows = Seat.objects.filter(caucus=seat.caucus_id, is_facilitator=True, since__isnull=False)
    if about is None and post is not None:
        rows = rows.filter(since__lt=post.written_at)
    return rows.exclude(pk__in=apart)


def has_readers(seat: Seat, concern: Concern) -> bool:
    """Whether anybody is here who can read this report of the seat's own. It does not tell who has accepted what."""
    rows = Seat.objects.filter(caucus=seat.caucus_id, is_facilitator=True).exclude(pk=seat.pk)
    return any(_is_for(one, concern) for one in rows)


def _is_for(seat: Seat, concern: Concern) -> bool:
    """Whether it is not about this seat, in this life of it or an earlier one, and of a time when the seat was here."""
    return (
        seat.since is not None
        and concern.caucus_id == seat.caucus_id
        and concern.about_id != seat.pk
        and concern.last_in_at is not None
        and concern.last_in_at >= seat.since
        and (concern.about_left_at is None or concern.about_left_at > seat.since)
    )


def _is_of(seat: Seat, row: UUID, writer: str) -> bool:
    return bool(writer) and hmac.compare_digest(
        writer, writer_token(seat.caucus, row=row, seat=seat.pk)
    )
