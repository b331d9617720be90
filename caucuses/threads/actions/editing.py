"""One's own posts afterwards: worded anew with the earlier wording kept in sight, or deleted."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.models import Seat
from caucuses.threads.actions.holding import Closed, Gone, Stale, changed, hold_to_speak, post_now
from caucuses.threads.models import LaterMark, Post, Recognition, Thread, Wording
from caucuses.threads.permissions import can_delete_post, can_edit_post
from caucuses.threads.reading import SHUT, html_from
from core.text import CLEANER_VERSION


@transaction.atomic
def edit_post(*, seat: Seat, post: Post, text: str, seen_revision: int) -> Post:
    """Word one's own post anew; what it said stays readable in the room.

    Raises Stale when it has had another text since `seen_revision`, Closed, Gone when it was deleted or hidden,
    AgreementChanged, and PermissionDenied when the seat has gone.
    """
    now = hold_to_speak(seat)
    row = post_now(now, post.pk)
    if not can_edit_post(now, row, row.thread):
        closed = can_delete_post(now, row) and row.hidden_at is None
        raise Closed if closed else Gone
    if row.revision != seen_revision:
        raise Stale(row)
    if _says(row, text):
        return row
    at = timezone.now()
    _keep_wording(row)
    row.text, row.html = text, html_from(text)
    row.cleaner_version, row.edited_at = CLEANER_VERSION, at
    row.revision += 1
    row.save(update_fields=["text", "html", "cleaner_version", "edited_at", "revision"])
    changed(row.thread_id)
    return row


@transaction.atomic
def delete_post(*, seat: Seat, post: Post) -> None:
    """Delete one's own post: of it nothing is left but its place, and of what others quoted of it nothing.

    Deleting needs no accepted agreement: whoever does not accept a new one may still take back what they said.
    Raises Gone where it is not there, and PermissionDenied when the seat has gone.
    """
    now = hold_caucus(seat)
    row = post_now(now, post.pk)
    if not can_delete_post(now, row):
        raise Gone
    empty_posts([row])


def empty_posts(rows: Iterable[Post]) -> None:
    """Take everything out of these posts. Called inside a transaction that holds the caucus."""
    touched: set[UUID] = set()
    at = timezone.now()
    for row in rows:
        _unquote(row)
        row.text = row.html = row.quoted = row.reason = ""
        row.seat = row.quotes = row.edited_at = row.hidden_at = None
        row.cleaner_version, row.deleted_at = CLEANER_VERSION, row.deleted_at or at
        row.revision += 1
        row.save()
        for model in (Wording, LaterMark, Recognition):
            model.objects.filter(post=row.pk).delete()
        touched.add(row.thread_id)
    changed(*touched)


def empty_titles(threads: Iterable[Thread]) -> None:
    """Take the titles out of these conversations."""
    for row in threads:
        row.title, row.seat = "", None
        row.save(update_fields=["title", "seat"])
        changed(row.pk)


def _unquote(row: Post) -> None:
    """Take what others quoted of a post out of theirs. Quotes stay inside a conversation, so that one alone is touched."""
    for other in Post.objects.filter(quotes=row.pk):
        other.quoted, other.quotes = "", None
        other.save(update_fields=["quoted", "quotes"])


def _keep_wording(row: Post) -> None:
    """What does not open is not kept: nobody could read it."""
    try:
        wording = Wording(caucus_id=row.caucus_id, post=row, until=timezone.now())
        wording.text = str(row.text)
    except SHUT:
        return
    wording.save(force_insert=True)


def _says(row: Post, text: str) -> bool:
    try:
        return str(row.text) == text
    except SHUT:
        return False
