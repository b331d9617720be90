"""What every act in a conversation waits for, and why one may not happen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F

from caucuses.models import Seat
from caucuses.threads.models import Post, Thread


class Closed(Exception):
    """The conversation was closed. Nothing was changed."""


class Gone(Exception):
    """What this was meant for is not there any more, or is not the seat's to change now. Nothing was changed."""


class Stale(Exception):
    """It was changed elsewhere since it was opened. `current` is the row as it stands now; nothing was changed."""

    def __init__(self, current: Any) -> None:
        super().__init__("It was changed elsewhere since it was opened.")
        self.current = current


def thread_now(seat: Seat, thread_id: UUID) -> Thread:
    """The conversation as it stands now. Raises Gone."""
    row = Thread.objects.filter(pk=thread_id, caucus=seat.caucus_id).first()
    if row is None:
        raise Gone
    return row


def post_now(seat: Seat, post_id: UUID) -> Post:
    """The post as it stands now. Raises Gone."""
    row = Post.objects.filter(pk=post_id, caucus=seat.caucus_id).select_related("thread").first()
    if row is None:
        raise Gone
    return row


def changed(*thread_ids: UUID, **values: Any) -> None:
    """Say to every open page of these conversations that something in them is not as it was."""
    Thread.objects.filter(pk__in=thread_ids).update(revision=F("revision") + 1, **values)
