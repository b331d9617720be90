"""What a seat may do with the posts of a page, and what it did with them, found for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from caucuses.models import Seat
from caucuses.threads.models import Post


@dataclass(frozen=True)
class Acts:
    """One post, seen by one seat."""

    is_mine: bool = False
    can_edit: bool = False
    is_folded: bool = False


def acts_for(seat: Seat, posts: Sequence[Post]) -> dict[UUID, Acts]:
    """What belongs to each post, by its id."""
    return {
        post.pk: Acts(is_mine=post.seat_id == seat.pk, can_edit=post.seat_id == seat.pk)
        for post in posts
    }
