"""One's own list of posts marked for later, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from caucuses.models import Seat
from caucuses.naming import name_of
from caucuses.threads.acting import Acts, acts_for
from caucuses.threads.models import LaterMark, Post
from caucuses.threads.permissions import can_read_post, posts_visible_to
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.text import plain_text

FIRST_WORDS = 200


@dataclass(frozen=True)
class Line:
    """A marked post: who wrote it, its first words (None where they cannot be opened), and what can be done with it."""

    post: Post
    name: str
    words: str | None
    acts: Acts


def marks_of(seat: Seat) -> QuerySet[LaterMark]:
    """The seat's marks on what it may know of. No order."""
    rows = LaterMark.objects.filter(seat=seat.pk, post__in=posts_visible_to(seat))
    return rows.select_related("post__seat", "post__thread")


def lines_of(seat: Seat, marks: Iterable[LaterMark]) -> list[Line]:
    """The marked posts, a line each."""
    posts = [mark.post for mark in marks]
    acts = acts_for(seat, posts)
    return [
        Line(post, name_of(post.seat), first_words(seat, post), acts[post.pk]) for post in posts
    ]


def first_words(seat: Seat, post: Post, *, most: int = FIRST_WORDS) -> str | None:
    """The first words of a post as this seat reads it; empty where it does not, None where they cannot be opened."""
    if not can_read_post(seat, post):
        return ""
    try:
        words = " ".join(plain_text(str(post.html)).split())
    except (CannotOpen, KeyMissing):
        alerts.could_not_open(post)
        return None
    return words if len(words) <= most else f"{words[:most].rstrip()} …"
