"""Drafts: saved while one types, and thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caucuses.entering import once_here, seated
from caucuses.models import Seat
from caucuses.threads.actions import Gone, Late, Stale, discard_draft, keep_draft
from caucuses.threads.actions.drafting import draft_in
from caucuses.threads.forms import BeginForm, ReplyForm, WritingForm
from caucuses.threads.models import Draft, Thread
from caucuses.threads.reading import draft_of
from caucuses.threads.views.pages import clock, saved_when, thread_of
from caucuses.threads.views.sheets import Sheet
from core.access import MEMBER, open_to
from core.keptform import keeps


@open_to(MEMBER)
@require_POST
@seated
@keeps(BeginForm, hidden=("turn", "seen", "quotes"))
def draft_begin(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Save what is typed for a new conversation."""
    return _kept(seat, None, BeginForm(request.POST))


@open_to(MEMBER)
@require_POST
@seated
@keeps(ReplyForm, hidden=("turn", "seen", "quotes"))
def draft_keep(request: HttpRequest, seat: Seat, thread_id: UUID) -> HttpResponse:
    """Save what is typed for a reply."""
    return _kept(seat, thread_of(seat, thread_id), ReplyForm(request.POST))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated
@once_here
def draft_drop(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask, and then throw away what was typed for a new conversation."""
    return _discarded(request, Sheet(seat, None, draft_in(seat, None)))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated
@once_here
def draft_discard(request: HttpRequest, seat: Seat, thread_id: UUID) -> HttpResponse:
    """Ask, and then throw away what was typed for a reply."""
    thread = thread_of(seat, thread_id)
    return _discarded(request, Sheet(seat, thread, draft_in(seat, thread)))


def _discarded(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if request.method == "POST":
        discard_draft(seat=sheet.seat, thread=sheet.thread)
        messages.success(request, _("The draft is thrown away."))
        return redirect(sheet.back)
    if sheet.draft is None:
        raise Http404
    context = {**sheet.shown(sheet.form()), "text": draft_of(sheet.draft)}
    return render(request, "threads/draft_discard.html", context)


def _kept(seat: Seat, thread: Thread | None, form: WritingForm) -> HttpResponse:
    """For the script of the page: which version is saved, or why none is."""
    form.full_clean()
    if form.is_tampered:
        return HttpResponse(status=400)
    if form.is_beyond:
        return HttpResponse(status=413)
    said = form.cleaned_data
    try:
        draft = keep_draft(
            seat=seat,
            thread=thread,
            quotes=said.get("quotes"),
            turn=said["turn"] or 0,
            **form.words,
            **form.draft,
        )
    except Gone:
        raise Http404 from None
    except Late:
        return JsonResponse({"version": 0})
    except Stale as stale:
        return _other(stale.current)
    if draft is None:
        return JsonResponse({"version": 0})
    return JsonResponse({"version": draft.version, "time": clock(draft.saved_at)})


def _other(draft: Draft) -> JsonResponse:
    """The text that another page saved."""
    other = draft_of(draft)
    told = {"title": other.title, "text": other.text, "at": saved_when(draft)}
    return JsonResponse({**told, "version": draft.version}, status=409)
