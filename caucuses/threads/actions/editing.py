"""One's own posts afterwards: worded anew with the earlier wording kept in sight, or deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.actions.saving import save_all
from caucuses.models import Seat
from caucuses.threads.actions.holding import Closed, Gone, Stale, changed, post_now
from caucuses.threads.models import LaterMark, Post, Recognition, Thread, Wording
from caucuses.threads.permissions import can_delete_post, can_edit_post
from caucuses.threads.reading import SHUT, html_from
from core.text import CLEANER_VERSION

_EMPTIED = (
    *("text", "html", "quoted", "reason", "seat", "quotes", "edited_at", "hidden_at"),
    *("cleaner_version", "deleted_at", "revision"),
)


@transaction.atomic
def edit_post(*, seat: Seat, post: Post, text: str, seen_revision: int) -> Post:
    """Word one's own post anew; what it said stays readable in the room.

    Raises Stale when it has had another text since `seen_revision`, Closed, Gone when it was deleted or hidden,
    AgreementChanged, and PermissionDenied when the seat has gone.
    """
    now = hold_caucus(seat)
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
    """Delete one's own post: of it nothing is left but its place, and of what others quoted of it nothing. With the post that
    begins a conversation its title goes, which was said with it.

    Deleting needs no accepted agreement: whoever does not accept a new one may still take back what they said.
    Raises Gone where it is not there, and PermissionDenied when the seat has gone.
    """
    now = hold_caucus(seat, before_agreeing=True)
    row = post_now(now, post.pk)
    if not can_delete_post(now, row):
        raise Gone
    if row.begins:
        row.thread.title, row.thread.is_title_hidden = "", False
        row.thread.save(update_fields=["title", "is_title_hidden"])
    empty_posts([row])


def empty_posts(rows: Sequence[Post]) -> None:
    """Take everything out of these posts, in a few statements. Called inside a transaction that holds the caucus."""
    at, ids = timezone.now(), [row.pk for row in rows]
    empty_quotes(ids)
    for row in rows:
        row.text = row.html = row.quoted = row.reason = ""
        row.seat = row.quotes = row.edited_at = row.hidden_at = None
        row.cleaner_version, row.deleted_at = CLEANER_VERSION, row.deleted_at or at
        row.revision += 1
    save_all(rows, *_EMPTIED)
    for model in (Wording, LaterMark, Recognition):
        model.objects.filter(post__in=ids).delete()
    changed(*{row.thread_id for row in rows})


def empty_titles(threads: Iterable[Thread]) -> None:
    """Take the titles out of these conversations, and who began them."""
    rows = list(threads)
    for row in rows:
        row.title, row.seat, row.is_title_hidden = "", None, False
    save_all(rows, "title", "seat", "is_title_hidden")
    changed(*(row.pk for row in rows))


def empty_quotes(ids: Collection[UUID]) -> None:
    """Take what others quoted of these posts out of theirs."""
    others = list(Post.objects.filter(quotes__in=ids))
    for other in others:
        other.quoted, other.quotes = "", None
    save_all(others, "quoted", "quotes")


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
