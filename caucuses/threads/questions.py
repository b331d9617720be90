"""What pages of conversations ask each time, put into SQL once (`core.prepared`).

Who sees what is said by the rules in `permissions`: they are asked of a stand-in whose values are told with each question.
"""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, UUIDField

from caucuses.models import Fold, Seat
from caucuses.stretches import (
    Stretch,
    after,
    before,
    from_first,
    from_last,
    latest,
    page_of,
)
from caucuses.threads.models import Post, Thread
from caucuses.threads.permissions import drafts_visible_to, posts_visible_to, threads_visible_to
from caucuses.threads.reading import for_page
from core.prepared import Given, Prepared

_THREAD, _KEY = Given("thread", UUIDField()), Given("key", UUIDField())
_SEAT: Any = SimpleNamespace(
    pk=Given("seat", UUIDField()),
    caucus_id=Given("caucus", UUIDField()),
    since=Given("since", DateTimeField()),
)


def thread_seen(seat: Seat, thread_id: UUID) -> Any:
    """The conversation with who began it, and whether the seat has a draft there (`has_draft`); None where the seat knows of none."""
    return _ONE.first(**_told(seat, thread_id))


def threads_page(seat: Seat, *, ahead: UUID | None) -> Stretch[Any]:
    """The latest conversations with who began them, or those in front of one, in the order of time. Where nothing is in front of
    it, because it went or somebody spoke there meanwhile, the latest.
    """
    found = _THREADS_BEFORE.ask(**_told(seat), key=ahead) if ahead is not None else []
    if found:
        return latest(found, has_after=True)
    return latest(_THREADS.ask(**_told(seat)))


def posts_page(
    seat: Seat, thread_id: UUID, *, newest: bool, ahead: UUID | None, behind: UUID | None
) -> Stretch[Any]:
    """The posts of a page: the newest, in front of one, behind one; else the first.

    What names no post of this conversation that the seat may know leads to the newest.
    """
    told = _told(seat, thread_id)
    page = None
    if not newest and ahead is not None:
        page = latest(_BEFORE.ask(**told, key=ahead), has_after=True)
    elif not newest and behind is not None:
        page = page_of(_AFTER.ask(**told, key=behind), has_before=True)
    elif not newest:
        page = page_of(_FIRST.ask(**told))
    return page if page is not None and page.rows else latest(_LAST.ask(**told))


def oldest_written(seat: Seat, thread_id: UUID | None) -> datetime | None:
    """When the oldest post that the seat may know was written, there or (without a conversation) in the whole room; None where there is none."""
    asked = _OLDEST_OF_ALL if thread_id is None else _OLDEST
    found = asked.first(**_told(seat, thread_id))
    return found.written_at if found is not None else None


def revision_seen(seat: Seat, thread_id: UUID) -> int | None:
    """Grows with every change in the conversation; None where the seat may see none."""
    found = _REVISION.first(**_told(seat, thread_id))
    return found.revision if found is not None else None


def new_posts(seat: Seat, thread_id: UUID, behind: UUID | None, *, most: int) -> list[UUID]:
    """What others have said behind this post, that the seat reads unfolded: their ids, in the order of time."""
    told = _told(seat, thread_id)
    rows = _NEW.ask(**told) if behind is None else _NEW_BEHIND.ask(**told, key=behind)
    return [row.pk for row in rows[:most]]


def _told(seat: Seat, thread_id: UUID | None = None) -> dict[str, Any]:
    return {
        "seat": seat.pk,
        "caucus": seat.caucus_id,
        "since": seat.since,
        "thread": thread_id,
    }


def _one() -> QuerySet[Thread]:
    draft = drafts_visible_to(_SEAT).filter(thread=OuterRef("pk"))
    rows = threads_visible_to(_SEAT).filter(pk=_THREAD).select_related("seat")
    return rows.annotate(has_draft=Exists(draft)).order_by()


def _threads() -> QuerySet[Thread]:
    return threads_visible_to(_SEAT).select_related("seat")


def _there() -> QuerySet[Post]:
    return posts_visible_to(_SEAT).filter(thread=_THREAD)


def _posts() -> QuerySet[Post]:
    return for_page(_SEAT, _there())


def _whole() -> QuerySet[Post]:
    """For what is behind a post that the seat may know: it may know all of that."""
    return Post.objects.filter(caucus=_SEAT.caucus_id, thread=_THREAD)


def _behind() -> QuerySet[Post]:
    return after(for_page(_SEAT, _whole()), "written_at", _KEY, among=_there())


def _oldest(there: QuerySet[Post]) -> QuerySet[Post]:
    return there.order_by("written_at", "pk").only("written_at")[:1]


def _new(there: QuerySet[Post]) -> QuerySet[Post]:
    readable = there.filter(deleted_at__isnull=True, hidden_at__isnull=True)
    folded = Fold.objects.filter(seat=_SEAT.pk).values("other")
    others = readable.exclude(seat=_SEAT.pk).exclude(seat__in=folded)
    return from_first(others.only("pk"), "written_at")


_ONE = Prepared(_one)
_THREADS = Prepared(lambda: from_last(_threads(), "last_at"))
_THREADS_BEFORE = Prepared(lambda: from_last(before(_threads(), "last_at", _KEY), "last_at"))
_FIRST = Prepared(lambda: from_first(_posts(), "written_at"))
_LAST = Prepared(lambda: from_last(_posts(), "written_at"))
_BEFORE = Prepared(lambda: from_last(before(_posts(), "written_at", _KEY), "written_at"))
_AFTER = Prepared(lambda: from_first(_behind(), "written_at"))
_OLDEST = Prepared(lambda: _oldest(_there()))
_OLDEST_OF_ALL = Prepared(lambda: _oldest(posts_visible_to(_SEAT)))
_REVISION = Prepared(
    lambda: threads_visible_to(_SEAT).filter(pk=_THREAD).order_by().only("revision")
)
_NEW = Prepared(lambda: _new(_there()))
_NEW_BEHIND = Prepared(lambda: _new(after(_whole(), "written_at", _KEY, among=_there())))
