"""Posts that were kept as long as their room agreed, and conversations in which nothing is left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from caucuses.actions.saving import save_all
from caucuses.models import Caucus
from caucuses.threads.actions.editing import empty_quotes
from caucuses.threads.actions.holding import changed
from caucuses.threads.models import Draft, Post, Thread
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing

A_BATCH = 200


def expire_posts(*, caucus: Caucus, before: datetime, **_given: Any) -> int:
    """Delete what was posted before this moment, and the conversations that it leaves empty. Returns how many posts went.

    Where others go on posting, the title goes when it is as old. A draft goes by the moment of its last saving.

    One transaction a batch, under the caucus's own hold: nobody quotes or answers what is just going.
    """
    gone = 0
    while found := _some_posts(caucus, before):
        gone += found
    while _some_threads(caucus, before):
        pass
    while _some_titles(caucus, before):
        pass
    _drafts(caucus, before)
    return gone


@transaction.atomic
def _some_posts(caucus: Caucus, before: datetime) -> int:
    """A batch of them with their wordings, marks and recognitions, and the passages of them that others quote."""
    _hold(caucus)
    rows = Post.objects.filter(caucus=caucus.pk, written_at__lt=before)
    found = dict(rows.order_by("written_at", "pk").values_list("pk", "thread")[:A_BATCH])
    empty_quotes(found)
    Thread.objects.filter(pk__in=set(found.values())).update(revision=F("revision") + 1)
    Post.objects.filter(pk__in=found).delete()
    return len(found)


@transaction.atomic
def _some_threads(caucus: Caucus, before: datetime) -> int:
    """A batch of conversations in which nothing is left. What somebody is writing there is kept for them as a new one."""
    _hold(caucus)
    rows = Thread.objects.filter(caucus=caucus.pk, opened_at__lt=before, last_at__lt=before)
    found = list(rows.filter(posts=None).values_list("pk", flat=True)[:A_BATCH])
    for draft in Draft.objects.filter(thread__in=found, saved_at__gte=before):
        _keep(draft)
    Thread.objects.filter(pk__in=found).delete()
    return len(found)


@transaction.atomic
def _some_titles(caucus: Caucus, before: datetime) -> int:
    """A batch of titles that were said before this moment, where nothing else is left of that time."""
    _hold(caucus)
    rows = Thread.objects.filter(caucus=caucus.pk, opened_at__lt=before, is_title_gone=False)
    found = list(rows.order_by("opened_at", "pk")[:A_BATCH])
    for row in found:
        row.title, row.is_title_gone, row.is_title_hidden = "", True, False
    save_all(found, "title", "is_title_gone", "is_title_hidden")
    changed(*(row.pk for row in found))
    return len(found)


@transaction.atomic
def _drafts(caucus: Caucus, before: datetime) -> None:
    _hold(caucus)
    Draft.objects.filter(caucus=caucus.pk, saved_at__lt=before).delete()


def _keep(draft: Draft) -> None:
    """Make it the draft of a new conversation, or the end of the one that this seat is writing already.

    Where that one does not open, nothing of it is lost by putting this one in its place; where this one does not, it goes.
    """
    other = Draft.objects.filter(seat=draft.seat_id, thread=None).first()
    mine = _text(draft)
    if mine is None:
        return
    theirs = _text(other) if other else None
    if other is None or theirs is None:
        if other is not None:
            draft.title = _text(other, "title") or ""
            other.delete()
        draft.thread, draft.tab = None, None
        draft.save(update_fields=["thread", "tab", "title"])
        return
    other.text = f"{theirs}\n\n{mine}".strip()
    other.version += 1
    other.tab, other.saved_at = None, max(other.saved_at, draft.saved_at)
    other.save(update_fields=["text", "version", "tab", "saved_at"])


def _text(draft: Draft, name: str = "text") -> str | None:
    try:
        return str(getattr(draft, name))
    except (CannotOpen, KeyMissing):
        alerts.could_not_open(draft)
        return None


def _hold(caucus: Caucus) -> None:
    list(Caucus.objects.select_for_update(no_key=True).filter(pk=caucus.pk).values("pk"))
