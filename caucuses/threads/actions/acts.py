"""Quiet acts on posts, and what facilitators do with them: hide one with a reason, show it again, close a conversation.

What the room sees change makes its conversation's `revision` grow, so that open pages learn of it. A mark or a recognition does
not: the line "Somebody recognizes this" comes with the next page, so that nobody can tell by its moment whose it is.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.choices import Happening
from caucuses.models import Event, Seat
from caucuses.threads.acting import (
    can_close_thread,
    can_hide_post,
    can_note_post,
    can_reveal_post,
    keeps_away_from,
)
from caucuses.threads.models import LaterMark, Post, Recognition, Thread
from core.access import require
from core.text import strip_control

LONGEST_REASON = 1_000


class KeptAway(Exception):
    """The post is by somebody from whom the seat keeps away: it is not quoted, marked or recognized."""


class NotForThis(Exception):
    """The post is the seat's own or stands not open in the room: such a one is not marked or recognized."""


class Hidden(Exception):
    """Another facilitator has hidden the post already; their reason stands."""


class Gone(Exception):
    """The post was deleted meanwhile."""


@transaction.atomic
def mark_post(*, seat: Seat, post: Post) -> None:
    """Mark a post for later. A second press changes nothing. Raises KeptAway, NotForThis or Gone."""
    row = _noted(seat, post)
    LaterMark.objects.get_or_create(seat=seat, post=row)


@transaction.atomic
def unmark_post(*, seat: Seat, post: Post) -> None:
    """Take the mark away, whatever has become of the post."""
    hold_caucus(seat)
    LaterMark.objects.filter(seat=seat.pk, post=post.pk).delete()


@transaction.atomic
def recognize_post(*, seat: Seat, post: Post) -> None:
    """Say “I recognize this”. A second press changes nothing. Raises KeptAway, NotForThis or Gone."""
    row = _noted(seat, post)
    Recognition.objects.get_or_create(seat=seat, post=row)


@transaction.atomic
def unrecognize_post(*, seat: Seat, post: Post) -> None:
    """Take it back, whatever has become of the post."""
    hold_caucus(seat)
    Recognition.objects.filter(seat=seat.pk, post=post.pk).delete()


@transaction.atomic
def hide_post(*, seat: Seat, post: Post, reason: str) -> None:
    """Hide somebody's post, with a reason for its author; the title goes with the post that begins a conversation.

    Of two at once the first stands. Raises Hidden or Gone.
    """
    now, row = hold_caucus(seat), _held(post)
    if row.hidden_at is not None:
        raise Hidden
    require(can_hide_post(now, row))
    reason = strip_control(reason).strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValueError("A post is hidden with a reason of 1 to 1,000 characters.")
    row.hidden_at, row.reason = timezone.now(), reason
    row.save(update_fields=["hidden_at", "reason"])
    _set_title_hidden(row, hidden=True)
    _changed(now, row.thread_id, Happening.HIDDEN)


@transaction.atomic
def reveal_post(*, seat: Seat, post: Post) -> None:
    """Show a hidden post again, and the title that was hidden with it; the reason goes. A second press changes nothing. Raises Gone."""
    now, row = hold_caucus(seat), _held(post)
    if row.hidden_at is None:
        return
    require(can_reveal_post(now, row))
    row.hidden_at, row.reason = None, ""
    row.save(update_fields=["hidden_at", "reason"])
    _set_title_hidden(row, hidden=False)
    _changed(now, row.thread_id, Happening.SHOWN)


@transaction.atomic
def set_thread_closed(*, seat: Seat, thread: Thread, closed: bool) -> None:
    """Close a conversation, so that nobody posts in it, or open it again. A second press changes nothing."""
    now = hold_caucus(seat)
    require(can_close_thread(now, thread))
    rows = Thread.objects.filter(pk=thread.pk, closed_at__isnull=closed)
    if rows.update(closed_at=timezone.now() if closed else None):
        _changed(now, thread.pk, Happening.CLOSED if closed else Happening.REOPENED)


def _noted(seat: Seat, post: Post) -> Post:
    """The post as it stands, for somebody who may note it. Raises KeptAway, NotForThis or Gone."""
    now, row = hold_caucus(seat), _held(post)
    if keeps_away_from(now, row):
        raise KeptAway
    if not can_note_post(now, row):
        raise NotForThis
    return row


def _held(post: Post) -> Post:
    """The post as it stands, with its caucus held. Raises Gone."""
    rows = Post.objects.select_related("thread")
    row = rows.filter(pk=post.pk, deleted_at__isnull=True).first()
    if row is None:
        raise Gone
    return row


def _set_title_hidden(post: Post, *, hidden: bool) -> None:
    if post.begins:
        Thread.objects.filter(pk=post.thread_id).update(is_title_hidden=hidden)


def _changed(seat: Seat, thread_id: UUID, what: Happening) -> None:
    Thread.objects.filter(pk=thread_id).update(revision=F("revision") + 1)
    Event.objects.create(caucus_id=seat.caucus_id, what=what, seat=seat)
