"""What becomes of somebody's posts when their seat goes, and afterwards."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from caucuses.actions.holding import hold_room
from caucuses.models import Caucus, Seat
from caucuses.threads.actions.editing import empty_posts, empty_titles
from caucuses.threads.actions.holding import changed
from caucuses.threads.models import Post, Thread

AT_ONCE = 500


@transaction.atomic
def seat_leaves(*, seat: Seat, with_posts: bool) -> None:
    """End what hangs on the seat: its posts go, or stay as by a former member. Called in the leaving transaction.

    Drafts and marks go with the seat's row.
    """
    own = Post.objects.filter(seat=seat.pk)
    if with_posts:
        empty_titles(Thread.objects.filter(seat=seat.pk))
        while rows := list(own[:AT_ONCE]):  # an emptied one is nobody's
            empty_posts(rows)
    else:
        changed(*own.order_by().values_list("thread", flat=True).distinct())


@transaction.atomic
def delete_parted(*, caucus: Caucus, ids: Collection[UUID]) -> None:
    """Delete posts of somebody who was removed, which are nobody's any more, and the titles of conversations they began.

    Which were theirs, posts and conversations, their parting alone knows; of an id that names neither nothing happens.
    """
    hold_room(caucus.pk)
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids)[start : start + AT_ONCE]
        empty_titles(Thread.objects.filter(caucus=caucus.pk, pk__in=some, seat=None))
        nobodys = Post.objects.filter(caucus=caucus.pk, pk__in=some, seat=None)
        empty_posts(list(nobodys.filter(deleted_at__isnull=True)))
