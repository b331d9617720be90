"""Conversations in a member's own copy: what they said, with earlier wordings and the reason why a post of theirs was hidden.

Of a passage that they answer there is nothing: it is another's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from caucuses.models import Seat
from caucuses.mydata import in_each_room
from caucuses.threads.models import LaterMark, Post, Recognition, Thread
from caucuses.threads.permissions import drafts_visible_to
from caucuses.threads.reading import opened, title_of
from core.register import Part, Words

AT_ONCE = 200  # rows

LABELS: Mapping[str, Words] = {
    "room": _("Room"),
    "title": _("Conversation"),
    "begun_by_me": _("You began it"),
    "at": _("When"),
    "edited": _("Edited"),
    "text": _("What you said"),
    "earlier_wordings": _("Earlier wordings"),
    "until": _("Until"),
    "hidden": _("Hidden"),
    "reason": _("Why it was hidden"),
    "saved": _("Saved"),
    "recognized": _("Posts of which you said “I recognize this”"),
}


def own_copy(member: Any) -> Iterable[Part]:
    """Posts, drafts, and marks, without a word of others."""
    yield Part("posts", _("What you said"), partial(in_each_room, member, _posts))
    yield Part("drafts", _("What you are writing"), partial(in_each_room, member, _drafts))
    yield Part("for_later", _("What you marked for later"), partial(in_each_room, member, _marks))
    yield Part("recognized", _("What you recognized"), partial(in_each_room, member, _recognitions))


def _posts(seat: Seat) -> Iterator[Mapping[str, Any]]:
    """What does not open says so. The title stands as its author reads it, and that of another's conversation does not."""
    rows = Post.objects.filter(seat=seat.pk, deleted_at__isnull=True).select_related("thread")
    rows = rows.prefetch_related("wordings").defer("html", "quoted").order_by("written_at", "pk")
    for row in rows.iterator(AT_ONCE):
        text = opened(row, "text")
        yield {
            **_title(seat, row.thread),
            "at": row.written_at,
            "edited": row.edited_at,
            **({"text": text} if text is not None else {"cannot_be_opened": True}),
            "earlier_wordings": [
                {"until": one.until, "text": opened(one, "text")}
                for one in sorted(row.wordings.all(), key=lambda one: one.until)
            ],
            "hidden": row.hidden_at,
            "reason": opened(row, "reason") if row.hidden_at else None,
        }


def _title(seat: Seat, thread: Thread) -> Mapping[str, Any]:
    mine = thread.seat_id == seat.pk
    return {"title": title_of(seat, thread).text if mine else None, "begun_by_me": mine}


def _drafts(seat: Seat) -> Iterator[Mapping[str, Any]]:
    for row in drafts_visible_to(seat).order_by("saved_at", "pk"):
        yield {"saved": row.saved_at, "title": opened(row, "title"), "text": opened(row, "text")}


def _marks(seat: Seat) -> Iterator[Mapping[str, Any]]:
    for at in LaterMark.objects.filter(seat=seat.pk).order_by("at").values_list("at", flat=True):
        yield {"at": at}


def _recognitions(seat: Seat) -> Iterator[Mapping[str, Any]]:
    number = Recognition.objects.filter(seat=seat.pk).count()
    if number:
        yield {"recognized": number}
