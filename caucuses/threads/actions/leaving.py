"""What becomes of somebody's posts when their seat goes, and afterwards."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

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

    Which posts were theirs their parting alone knows. A conversation was begun at the
    moment of its first post.
    """
    Caucus.objects.select_for_update(no_key=True).get(pk=caucus.pk)
    nobodys = Post.objects.filter(caucus=caucus.pk, seat__isnull=True)
    rows = list(nobodys.filter(pk__in=ids, deleted_at__isnull=True).select_related("thread"))
    begun = {row.thread for row in rows if row.written_at == row.thread.opened_at}
    empty_titles(row for row in begun if row.seat_id is None)
    empty_posts(rows)
