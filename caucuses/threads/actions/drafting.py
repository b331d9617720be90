"""Drafts: what a seat is writing and has not posted. One for each conversation, one for a new one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from caucuses.actions.holding import hold_caucus
from caucuses.models import Seat
from caucuses.threads.actions.holding import Gone, Stale
from caucuses.threads.actions.quoting import quotable
from caucuses.threads.models import Draft, Thread
from caucuses.threads.permissions import can_see_thread, drafts_visible_to
from caucuses.threads.reading import SHUT
from core.models import FormResult


class Late(Exception):
    """The same page has saved a later text, or has posted it, since it sent this. Nothing was changed."""


@transaction.atomic
def keep_draft(
    *,
    seat: Seat,
    thread: Thread | None,
    title: str = "",
    text: str,
    quotes: UUID | None = None,
    tab: UUID | None = None,
    turn: int = 0,
    seen: int = 0,
) -> Draft | None:
    """Save what is being typed; None when there is nothing to save. `seen` is the version that the page knows, 0 for none.

    `tab` is the page's own key, `turn` rises with each of its savings (0: it counts none). Raises Late for one that comes late,
    Stale when another page has saved another text since, Gone when the conversation is not there any more, and
    PermissionDenied when the seat has gone.
    """
    now = hold_caucus(seat)
    if thread is not None and not _is_there(now, thread):
        raise Gone
    if tab is not None and turn and _was_posted(now, tab):
        raise Late
    row = draft_in(now, thread, held=True)
    if row is None:
        if not (title.strip() or text.strip()):
            return None
        row = Draft(caucus=now.caucus, seat=now, thread=thread, version=0)
    elif tab is not None and row.tab == tab:
        if 0 < turn <= row.turn:
            raise Late
    elif row.version != seen and not _says(row, title, text):
        raise Stale(row)
    row.title, row.text = title, text
    row.quotes = quotable(now, thread, quotes) if thread is not None else None
    row.turn = max(turn, row.turn) if row.tab == tab else turn
    row.tab, row.version, row.saved_at = tab, row.version + 1, timezone.now()
    row.save()
    return row


@transaction.atomic
def discard_draft(*, seat: Seat, thread: Thread | None) -> None:
    """Throw the draft away; nothing happens where there is none."""
    drafts_in(hold_caucus(seat), thread).delete()


def drop_posted(
    *, seat: Seat, thread: Thread | None, tab: UUID | None, seen: int, title: str, text: str
) -> None:
    """The draft has become a post, and goes. What another page has written since stays."""
    row = draft_in(seat, thread, held=True)
    if row is None:
        return
    is_its_own = tab is not None and row.tab == tab
    if is_its_own or row.version == seen or _says(row, title, text):
        row.delete()


def draft_in(seat: Seat, thread: Thread | None, *, held: bool = False) -> Draft | None:
    """The seat's draft there, with the post that it answers and who wrote that."""
    rows = drafts_in(seat, thread)
    if held:
        rows = rows.select_for_update()
    return rows.first() if held else rows.select_related("quotes__seat").first()


def drafts_in(seat: Seat, thread: Thread | None) -> QuerySet[Draft]:
    """At most one."""
    rows = drafts_visible_to(seat)
    return rows.filter(thread__isnull=True) if thread is None else rows.filter(thread=thread.pk)


def _is_there(seat: Seat, thread: Thread) -> bool:
    row = Thread.objects.filter(pk=thread.pk, caucus=seat.caucus_id).first()
    return row is not None and can_see_thread(seat, row)


def _was_posted(seat: Seat, tab: UUID) -> bool:
    """The key of the page is that of its form, and of a form that was taken is known for a day where it led."""
    taken = FormResult.objects.filter(member=seat.pk, key=tab)
    return taken.exclude(location="").exists()


def _says(row: Draft, title: str, text: str) -> bool:
    try:
        return (str(row.title), str(row.text)) == (title, text)
    except SHUT:
        return False
