"""Writing: a new entry, one that exists, and the choice between two texts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.journal import conflicts
from accountability.journal.actions import Conflict, Gone, html_from, keep_draft, save_entry
from accountability.journal.forms import UNSEEN, EntryForm
from accountability.journal.lock import behind_lock
from accountability.journal.views.pages import conflict_page, shut_page, write_page
from accountability.journal.writing import Sheet, new_sheet, sheet_of
from core.access import MEMBER, open_to
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.keptform import keeps
from core.text import trusted

Act = Callable[[HttpRequest, Sheet, EntryForm], HttpResponse]
HIDDEN = (*UNSEEN, "act")


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
@keeps(EntryForm, hidden=HIDDEN)
def entry_write(request: HttpRequest) -> HttpResponse:
    """A new entry."""
    if request.method == "POST":
        sheet = new_sheet(request, request.POST.get("once") or "none")
        return _gone(request) if sheet.is_deleted else _answer(request, sheet)
    sheet = new_sheet(request)
    return write_page(request, sheet, sheet.form())


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
@keeps(EntryForm, hidden=HIDDEN)
def entry_edit(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """An entry or a draft of one's own."""
    sheet = sheet_of(request, entry_id)
    if sheet is None:
        return _gone(request)
    if request.method == "POST":
        return _answer(request, sheet)
    try:
        return write_page(request, sheet, sheet.form())
    except CannotOpen:
        could_not_open(sheet.stored)
        return shut_page(request, sheet)


def _answer(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Do what the pressed button says. What nobody types must be as our page sent it."""
    form, act = EntryForm(request.POST), ACTS.get(request.POST.get("act", "save"))
    if form.tampered or act is None:
        raise BadRequest
    if not form.is_valid():
        return write_page(request, sheet, form)
    return act(request, sheet, form)


def _save(request: HttpRequest, sheet: Sheet, form: EntryForm) -> HttpResponse:
    text = sheet.text(form, leaves_out=True)
    if text.is_empty:
        form.add_error("body", _("Write something first."))
        return write_page(request, sheet, form)
    try:
        entry = save_entry(
            by=sheet.member,
            entry_id=sheet.entry_id,
            text=text,
            seen=form.cleaned_data["seen"],
            draft_seen=form.cleaned_data["draft_seen"],
            tab=form.tab,
            turn=form.turn_taken,
            written_at=form.moment(sheet.about_at),
        )
    except Conflict as conflict:
        return conflict_page(request, sheet, form, conflict.stored)
    messages.success(request, _("Saved."))
    return redirect("journal:entry_show", entry.pk)


def _preview(request: HttpRequest, sheet: Sheet, form: EntryForm) -> HttpResponse:
    """The same page with the text as it will be shown above the form. Saves nothing."""
    shown = trusted(html_from(form.cleaned_data["body"]))
    return write_page(request, sheet, form, previewed=True, shown=shown)


def _go_on(request: HttpRequest, sheet: Sheet, form: EntryForm) -> HttpResponse:
    """Keep a draft and stay."""
    said, text = form.cleaned_data, sheet.text(form)
    if text.is_empty:
        return write_page(request, sheet, form)
    try:
        draft = keep_draft(
            by=sheet.member,
            entry_id=sheet.entry_id,
            text=text,
            seen=said["draft_seen"],
            of_version=said["seen"],
            tab=form.tab,
        )
    except Conflict as conflict:
        return conflict_page(request, sheet, form, conflict.stored)
    except Gone:
        return _gone(request)
    return write_page(request, sheet, form.at(said["seen"], draft.version), kept_at=draft.saved_at)


def _choose(choice: Callable[..., bool]) -> Act:
    def act(request: HttpRequest, sheet: Sheet, form: EntryForm) -> HttpResponse:
        said, text = form.cleaned_data, sheet.text(form)
        rows = conflicts.others(
            sheet, seen=said["seen"], draft_seen=said["draft_seen"], tab=form.tab, text=text
        )
        if choice(sheet, text, rows, tab=form.tab, turn=form.turn_taken):
            messages.info(request, _("The text that you did not choose is kept as a draft."))
        return redirect("journal:entry_edit", sheet.entry_id)

    return act


def _gone(request: HttpRequest) -> HttpResponse:
    """The same 404 for what is not one's own and for what is not there any more; what was typed comes back as a new entry."""
    form = EntryForm(request.POST)
    if (
        request.method != "POST"
        or form.tampered
        or not (form["title"].value() or form["body"].value())
    ):
        raise Http404
    sheet = new_sheet(request)
    request.names_no_address = True  # type: ignore[attr-defined]  # see core.views.error_page
    return write_page(request, sheet, form.anew(), gone=True, status=404)


ACTS: dict[str, Act] = {
    "save": _save,
    "preview": _preview,
    "on": _go_on,
    "mine": _choose(conflicts.keep_mine),
    "theirs": _choose(conflicts.take_theirs),
    "both": _choose(conflicts.keep_both),
}
