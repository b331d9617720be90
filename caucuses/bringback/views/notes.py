"""Notes inside: the list, one note, beginning one, wording it anew."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caucuses.bringback.actions import Settled, StaleNote, begin_note, change_note
from caucuses.bringback.forms import BeginForm, NoteForm
from caucuses.bringback.models import Note, Reply
from caucuses.bringback.permissions import (
    can_change_note,
    cohorts_told_by,
    notes_visible_to,
    wordings_visible_to,
)
from caucuses.bringback.reading import Opened, earlier_of, lines_of, opened, opened_for
from caucuses.bringback.timing import due_from, wait_days
from caucuses.entering import once_here, seated
from caucuses.models import Seat
from caucuses.stretches import newest_page, page_in_order
from caucuses.unsaved import gives_back
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.keptform import keeps
from core.text import clean_markdown, trusted


@open_to(MEMBER)
@require_GET
@seated
def note_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """All notes that the seat may know of, the newest first."""
    page = newest_page(request, notes_visible_to(seat), "begun_at")
    context = {"seat": seat, "page": page, "lines": lines_of(page.newest_first)}
    return render(request, "bringback/note_list.html", context)


@open_to(MEMBER)
@require_GET
@seated
def note_show(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """One note: what will be seen outside, when, and what the members say to it."""
    return note_page(request, seat, note_of(seat, note_id))


@open_to(MEMBER)
@require_GET
@seated
def note_wordings(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """How it was worded before, since the reader came, the newest first."""
    note = note_of(seat, note_id)
    rows = wordings_visible_to(seat).filter(note=note).select_related("seat")
    page = newest_page(request, rows, "until")
    context = {"seat": seat, "note": note, "page": page, "earlier": earlier_of(page.newest_first)}
    return render(request, "bringback/note_wordings.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Note)
@seated
@once_here
@keeps(BeginForm, hidden=["act"])
def note_write(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Begin a note to one of one's own cohorts. Nothing is kept of a preview."""
    member = acting_member(request)
    form = BeginForm(request.POST or None, room=seat.caucus_id, member=member)
    if request.method == "GET" or not form.is_valid() or _wants_preview(request):
        can_begin = request.method == "POST" or cohorts_told_by(member).exists()
        return _write_page(request, seat, form, can_begin=can_begin)
    said = form.cleaned_data
    note = begin_note(seat=seat, member=member, cohort=said["cohort"], text=said["text"])
    messages.success(request, _("Saved."))
    return to_note(note)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Note)
@seated
@once_here
@keeps(NoteForm, hidden=["act"])
def note_edit(request: HttpRequest, seat: Seat, note_id: UUID) -> HttpResponse:
    """Word a note anew. When somebody else did meanwhile, or it has gone out, what was typed stands beside what is there now."""
    note = note_of(seat, note_id)
    typed = request.POST or None
    start = {"text": opened(note, "text") or "", "revision": note.revision}
    form = NoteForm(typed, initial=start, room=seat.caucus_id)
    if not can_change_note(seat, note):
        return _edit_page(request, seat, note, form, status=409) if typed else to_note(note)
    if request.method == "GET" or not form.is_valid() or _wants_preview(request):
        return _edit_page(request, seat, note, form)
    try:
        change_note(seat=seat, note=note, text=form.cleaned_data["text"], seen_revision=form.seen)
    except Settled as settled:
        return _edit_page(request, seat, settled.note, form, status=409)
    except StaleNote as stale:
        return _conflict(request, seat, stale.note, form)
    messages.success(request, _("Saved."))
    return to_note(note)


def note_of(seat: Seat, note_id: UUID) -> Note:
    """The note; 404 where the seat may not know of it."""
    rows = notes_visible_to(seat).select_related("seat", "worded_by")
    return visible_or_404(rows, pk=note_id)


def to_note(note: Note) -> HttpResponse:
    """The way back to the page of the note."""
    return redirect("bringback:note_show", note.caucus_id, note.pk)


def note_page(
    request: HttpRequest, seat: Seat, note: Note, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of one note. `problem` names why a press did nothing: `changed`, `held`, `settled`, `not_found`."""
    found: Opened = opened_for(seat, note)
    replies: Any = Reply.objects.none()
    if found.on_page:
        replies = found.on_page.replies.select_related("author")  # type: ignore[attr-defined]
    context = {
        "seat": seat,
        "note": note,
        "found": found,
        "problem": problem,
        "page": page_in_order(request, replies, "posted_at"),
    }
    return render(request, "bringback/note_show.html", context, status=status)


def _wants_preview(request: HttpRequest) -> bool:
    return request.POST.get("act") == "preview"


def _preview(seat: Seat, form: NoteForm) -> dict[str, Any]:
    """What would stand on the cohort's page, and from which day; nothing before somebody asks for it."""
    if not (form.is_bound and form.is_valid()):
        return {}
    due = due_from(timezone.now(), seat.caucus)
    html = trusted(clean_markdown(form.cleaned_data["text"]))
    return {"preview": html, "day": Note(due_at=due).goes_out_on}


def _write_page(
    request: HttpRequest, seat: Seat, form: BeginForm, *, can_begin: bool
) -> HttpResponse:
    context = {
        "seat": seat,
        "form": form,
        "can_begin": can_begin,
        "days": wait_days(seat.caucus),
        **_preview(seat, form),
    }
    return render(request, "bringback/note_write.html", context)


def _edit_page(
    request: HttpRequest, seat: Seat, note: Note, form: NoteForm, *, status: int = 200
) -> HttpResponse:
    is_inside = can_change_note(seat, note)
    context = {
        "seat": seat,
        "note": note,
        "form": form,
        "is_inside": is_inside,
        "days": wait_days(seat.caucus),
        **(_preview(seat, form) if is_inside else {}),
    }
    return render(request, "bringback/note_edit.html", context, status=status)


def _conflict(request: HttpRequest, seat: Seat, note: Note, form: NoteForm) -> HttpResponse:
    typed = {"text": form.cleaned_data["text"], "revision": note.revision}
    context = {
        "seat": seat,
        "note": note,
        "found": opened_for(seat, note),
        "form": NoteForm(initial=typed),
    }
    return render(request, "bringback/note_conflict.html", context, status=409)
