"""Drafts: saved while one types, and thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.journal.actions import Conflict, Gone, Late, discard_draft, keep_draft
from accountability.journal.forms import DraftForm, EntryForm
from accountability.journal.lock import behind_lock, locks_on_request
from accountability.journal.models import Draft, Entry
from accountability.journal.texts import Text
from accountability.journal.views.pages import moment, saved_when, time_of
from accountability.journal.writing import Sheet, new_sheet, read, sheet_of
from core.access import MEMBER, open_to
from core.keptform import keeps


@open_to(MEMBER)
@require_POST
@behind_lock(autosave=True)
@locks_on_request
@keeps(EntryForm)
def draft_begin(request: HttpRequest) -> HttpResponse:
    """Save what is typed on the page of a new entry."""
    sheet = new_sheet(request, request.POST.get("once") or "none")
    if sheet.is_deleted:
        raise Http404
    return _kept(request, sheet)


@open_to(MEMBER)
@require_POST
@behind_lock(autosave=True)
@locks_on_request
@keeps(EntryForm)
def draft_keep(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Save what is typed in an entry or a draft of one's own."""
    sheet = sheet_of(request, entry_id)
    if sheet is None:
        raise Http404
    return _kept(request, sheet)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
def draft_discard(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show what would be thrown away and ask once; a post throws it away.

    A second press, with the entry still there, leads to the same place. A `once` would write down who threw away when.
    """
    sheet = sheet_of(request, entry_id)
    if sheet is None:
        raise Http404
    if request.method == "POST":
        return _discarded(request, sheet)
    if sheet.draft is None:
        raise Http404
    saved_at = moment(sheet.draft.saved_at)
    context = {"sheet": sheet, "text": read(sheet.draft), "saved_at": saved_at}
    return render(request, "journal/draft_discard.html", context)


def _discarded(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if sheet.draft is not None:
        discard_draft(by=sheet.member, entry_id=sheet.entry_id)
        messages.success(request, _("The draft is thrown away."))
    if sheet.entry is not None:
        return redirect("journal:entry_show", sheet.entry_id)
    return redirect("journal:entry_list")


def _kept(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """For the script of the page: which version is saved, or why none is."""
    form = DraftForm(request.POST)
    if form.tampered:
        return HttpResponse(status=400)
    if not form.is_valid():
        return JsonResponse({"sentence": next(iter(form.errors.values()))[0]}, status=400)
    said, text = form.cleaned_data, sheet.text(form)
    if _needs_no_draft(sheet, text, said["seen"]):
        return JsonResponse({"version": 0})
    try:
        draft = keep_draft(
            by=sheet.member,
            entry_id=sheet.entry_id,
            text=text,
            seen=said["draft_seen"],
            of_version=said["seen"],
            tab=form.tab,
            turn=form.turn_taken,
        )
    except Gone:
        raise Http404 from None
    except Late:
        return JsonResponse({"version": 0})
    except Conflict as conflict:
        return _other(conflict.stored)
    kept = {"version": draft.version, "time": time_of(draft.saved_at)}
    return JsonResponse({**kept, "address": reverse("journal:entry_edit", args=[draft.pk])})


def _needs_no_draft(sheet: Sheet, text: Text, seen: int) -> bool:
    """Nothing was written yet; or this comes after the form that saved the entry, on its way out of the page."""
    if sheet.draft is not None:
        return False
    if sheet.entry is None:
        return text.is_empty
    return sheet.entry.version > seen and read(sheet.entry) == text


def _other(stored: Entry | Draft) -> JsonResponse:
    """The text that another tab saved."""
    other = read(stored)
    told = {"at": saved_when(stored)}
    if other is not None:
        told |= {"title": other.title, "body": other.body, "tags": ", ".join(other.tags)}
    return JsonResponse(told, status=409)
