"""Saying something: a new conversation, a reply."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.models import Seat
from caucuses.threads.actions.drafting import drop_posted
from caucuses.threads.actions.holding import Closed, Gone, changed, thread_now
from caucuses.threads.actions.quoting import passage, quotable
from caucuses.threads.models import Post, Thread
from caucuses.threads.permissions import can_post_in_thread, can_see_thread
from caucuses.threads.reading import html_from
from core.text import CLEANER_VERSION


@transaction.atomic
def begin_thread(
    *, seat: Seat, title: str, text: str, tab: UUID | None = None, seen: int = 0
) -> Post:
    """Begin a conversation; gives back its first post. `tab` and `seen` name the draft that it was written as.

    Raises AgreementChanged, and PermissionDenied when the seat has gone.
    """
    now = hold_caucus(seat)
    at = timezone.now()
    thread = Thread(caucus=now.caucus, seat=now, opened_at=at, last_at=at)
    thread.title = title
    thread.save(force_insert=True)
    post = _said(now, thread, text, None, at)
    drop_posted(seat=now, thread=None, tab=tab, seen=seen, title=title, text=text)
    return post


@transaction.atomic
def post_reply(
    *,
    seat: Seat,
    thread: Thread,
    text: str,
    quotes: UUID | None = None,
    tab: UUID | None = None,
    seen: int = 0,
) -> Post:
    """Say something in a conversation, in answer to a passage of `quotes` where that is a post the seat may quote.

    Raises Closed, Gone, AgreementChanged, and PermissionDenied when the seat has gone.
    """
    now = hold_caucus(seat)
    there = thread_now(now, thread.pk)
    if not can_see_thread(now, there):
        raise Gone
    if not can_post_in_thread(now, there):
        raise Closed
    post = _said(now, there, text, quotable(now, there, quotes), timezone.now())
    drop_posted(seat=now, thread=there, tab=tab, seen=seen, title="", text=text)
    return post


def _said(seat: Seat, thread: Thread, text: str, quotes: Post | None, at: datetime) -> Post:
    """The post, `at` a moment at which the room is held: so posts have the order in which they came to be."""
    said = passage(quotes)
    post = Post(caucus=seat.caucus, thread=thread, seat=seat, quotes=quotes if said else None)
    post.text, post.html, post.quoted = text, html_from(text), said
    post.cleaner_version, post.written_at = CLEANER_VERSION, at
    post.save(force_insert=True)
    changed(thread.pk, last_at=post.written_at)
    return post
