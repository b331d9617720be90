"""What is given to somebody who leaves or was removed, and to somebody who copies their own words."""

from __future__ import annotations

from typing import Any

from caucuses.models import Seat
from caucuses.threads.models import Post, Thread
from caucuses.threads.permissions import drafts_visible_to
from caucuses.threads.reading import draft_of, opened, title_of


def parts_of(seat: Seat) -> dict[str, Any]:
    """What the seat was writing (`texts`, each with title and text), and the ids of what it said (`posts`) and of what it began."""
    rows = drafts_visible_to(seat).select_related("thread").order_by("saved_at", "pk")
    texts = []
    for row in rows:
        written = draft_of(row)
        title = title_of(seat, row.thread).text if row.thread else written.title
        if written.text or written.title:
            texts.append({"title": title or "", "text": written.text or ""})
    ids = Post.objects.filter(seat=seat.pk).order_by("written_at", "pk")
    begun = Thread.objects.filter(seat=seat.pk).order_by("opened_at", "pk")
    theirs = [*ids.values_list("pk", flat=True), *begun.values_list("pk", flat=True)]
    return {"texts": texts, "posts": [str(pk) for pk in theirs]}


def words_of(seat: Seat) -> list[dict[str, str]]:
    """What the seat's member said, in the order of time: `title`, `at`, `text`. What does not open is left out.

    Conversations that another began stand without a title: those are the other's words.
    """
    rows = Post.objects.filter(seat=seat.pk, deleted_at__isnull=True).select_related("thread")
    titles: dict[Any, str] = {}
    said = []
    for row in rows.defer("html").order_by("written_at", "pk").iterator(500):
        text = opened(row, "text")
        if text is None:
            continue
        if row.thread_id not in titles:
            mine = row.thread.seat_id == seat.pk
            titles[row.thread_id] = title_of(seat, row.thread).text if mine else ""
        said.append(
            {"title": titles[row.thread_id], "at": row.written_at.isoformat(), "text": text}
        )
    return said
