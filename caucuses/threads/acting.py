"""What a seat can do with posts, and what stands beside each: rules in the form for one post, and for a whole page of them.

`acts_for` answers for all posts of a page in one question, and never asks anybody else's folds: for who is kept away from,
pages and questions are the same as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from caucuses.models import Fold, Seat
from caucuses.permissions import can_facilitate
from caucuses.threads.models import LaterMark, Post, Recognition, Thread
from caucuses.threads.permissions import can_quote_post, can_read_post
from core import doors
from core.fragments import address

#: What stands in an address for the id of a post or a seat, so that it is made once for a page.
NOTHING, NOBODY = UUID(int=0xA1 << 100), UUID(int=0xA2 << 100)


@dataclass(frozen=True)
class Acts:
    """What this reader can do with one post, and what they see beside it.

    `is_folded`: it is by somebody they keep away from; `folds_quote`: it quotes one. `is_shut`: it is hidden, and not theirs,
    so that a neutral line stands in its place. `ways` are quiet links that other rooms offer: address and words.
    """

    is_mine: bool = False
    is_folded: bool = False
    folds_quote: bool = False
    is_shut: bool = False
    is_marked: bool = False
    i_recognize: bool = False
    others_recognize: bool = False
    can_edit: bool = False
    can_delete: bool = False
    can_quote: bool = False
    can_mark: bool = False
    can_recognize: bool = False
    can_hide: bool = False
    can_reveal: bool = False
    can_stop: bool = False
    stop_url: str = ""
    ways: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True)
class _Found:
    """What the database knows of one post and this seat."""

    is_folded: bool = False
    folds_quote: bool = False
    is_marked: bool = False
    i_recognize: bool = False
    others_recognize: bool = False


_FOUND = attrgetter(*_Found.__dataclass_fields__)


def acts_for(seat: Seat, posts: Sequence[Post]) -> dict[UUID, Acts]:
    """For each of the posts, which the seat may see, what it can do. One question, however many there are."""
    rows = Post.objects.filter(pk__in=[post.pk for post in posts]).order_by()
    found = {row.pk: row for row in with_acts(seat, rows.only("pk"))}
    return _all_acts(seat, [(post, _found_in(found.get(post.pk))) for post in posts])


def acts_among(seat: Seat, posts: Sequence[Post]) -> dict[UUID, Acts]:
    """The same for posts that were read `with_acts`. No question."""
    return _all_acts(seat, [(post, _found_in(post)) for post in posts])


def with_acts(seat: Seat, posts: QuerySet[Post]) -> QuerySet[Post]:
    """The posts with what the database knows of each and this seat."""
    own = {"seat": seat.pk, "post": OuterRef("pk")}
    known = Recognition.objects.filter(post=OuterRef("pk"))
    return posts.annotate(
        is_folded=Exists(Fold.objects.filter(seat=seat.pk, other=OuterRef("seat"))),
        folds_quote=Exists(Fold.objects.filter(seat=seat.pk, other=OuterRef("quotes__seat"))),
        is_marked=Exists(LaterMark.objects.filter(**own)),
        i_recognize=Exists(Recognition.objects.filter(**own)),
        others_recognize=Exists(known.exclude(seat=seat.pk)),
    )


def _found_in(row: Any) -> _Found:
    return _Found(*map(bool, _FOUND(row))) if row is not None else _Found()


def _all_acts(seat: Seat, posts: Sequence[tuple[Post, _Found]]) -> dict[UUID, Acts]:
    stop = address("caucuses:fold_begin", seat.caucus_id, NOBODY)
    ways = doors.ask("post_way", seat=seat, post_id=NOTHING)
    return {post.pk: _acts(seat, post, found, stop, ways) for post, found in posts}


def acts_on(seat: Seat, post: Post) -> Acts:
    """The same for one post."""
    return acts_for(seat, [post])[post.pk]


def can_hide_post(seat: Seat, post: Post) -> bool:
    """Whether the seat can hide it: a facilitator, not one's own, and not what is hidden or deleted already."""
    return _can_moderate(seat, post) and post.deleted_at is None and post.hidden_at is None


def can_reveal_post(seat: Seat, post: Post) -> bool:
    """Whether the seat can show a hidden one again: a facilitator, and not whose post was hidden."""
    return _can_moderate(seat, post) and post.deleted_at is None and post.hidden_at is not None


def can_close_thread(seat: Seat, thread: Thread) -> bool:
    """Whether the seat can close the conversation, and open it again: the facilitators of the room."""
    return can_facilitate(seat) and thread.caucus_id == seat.caucus_id


def can_note_post(seat: Seat, post: Post) -> bool:
    """Whether the seat can mark it for later, or say that it recognizes it: the same for what others wrote."""
    return can_quote_post(seat, post) and not _is_mine(seat, post)


def keeps_away_from(seat: Seat, post: Post) -> bool:
    """Whether the post is by somebody from whom the seat keeps away."""
    return post.seat_id is not None and Fold.objects.filter(seat=seat, other=post.seat_id).exists()


def _acts(
    seat: Seat, post: Post, found: _Found, stop: str, ways: Sequence[tuple[str, Any]]
) -> Acts:
    mine, gone = _is_mine(seat, post), post.deleted_at is not None
    is_open = can_read_post(seat, post) and post.hidden_at is None
    theirs, near = is_open and not mine, not found.is_folded
    return Acts(
        is_mine=mine,
        is_folded=found.is_folded,
        folds_quote=found.folds_quote,
        is_shut=post.hidden_at is not None and not mine and not gone,
        is_marked=found.is_marked,
        i_recognize=found.i_recognize,
        others_recognize=found.others_recognize and is_open,
        can_edit=mine and not gone,
        can_delete=mine and not gone,
        can_quote=is_open and near,
        can_mark=theirs and near,
        can_recognize=theirs and near,
        can_hide=can_hide_post(seat, post),
        can_reveal=can_reveal_post(seat, post),
        can_stop=near and post.seat_id is not None and not mine and not gone,
        stop_url=stop.replace(str(NOBODY), str(post.seat_id)),
        ways=[(url.replace(str(NOTHING), str(post.pk)), words) for url, words in ways]
        if theirs
        else (),
    )


def _is_mine(seat: Seat, post: Post) -> bool:
    return post.seat_id == seat.pk


def _can_moderate(seat: Seat, post: Post) -> bool:
    return can_facilitate(seat) and post.caucus_id == seat.caucus_id and not _is_mine(seat, post)
