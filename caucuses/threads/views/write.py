"""Writing: a new conversation, a reply."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caucuses.entering import once_here, seated
from caucuses.models import Seat
from caucuses.stretches import id_in
from caucuses.threads.actions import (
    Closed,
    Gone,
    Stale,
    begin_thread,
    keep_draft,
    post_reply,
)
from caucuses.threads.actions.drafting import draft_in
from caucuses.threads.forms import BeginForm, ReplyForm, WritingForm
from caucuses.threads.models import Draft, Post
from caucuses.threads.views.pages import newest, saved_when, thread_of
from caucuses.threads.views.sheets import Sheet, answered
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to
from core.keptform import keeps

HIDDEN = ("act", "turn", "seen", "quotes")
Act = Callable[[HttpRequest, Sheet, WritingForm], HttpResponse]


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Post)
@seated
@once_here
@keeps(BeginForm, hidden=HIDDEN)
def thread_begin(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Begin a conversation."""
    sheet = Sheet(seat, None, draft_in(seat, None))
    if request.method == "GET":
        return sheet.page(request, sheet.form())
    return _answer(request, sheet, BeginForm(request.POST))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Post)
@seated
@once_here
@keeps(ReplyForm, hidden=HIDDEN)
def reply_write(request: HttpRequest, seat: Seat, thread_id: UUID) -> HttpResponse:
    """Say something in a conversation; `quotes` in the address begins it with a passage of that post."""
    thread = thread_of(seat, thread_id)
    draft = draft_in(seat, thread)
    if request.method == "GET":
        post = answered(seat, thread, id_in(request.GET.get("quotes", "")))
        sheet = Sheet(seat, thread, draft, post)
        return sheet.page(request, sheet.form(), is_closed=thread.closed_at is not None)
    form = ReplyForm(request.POST)
    form.full_clean()
    return _answer(request, Sheet(seat, thread, draft, answered(seat, thread, form.quoted)), form)


def _answer(request: HttpRequest, sheet: Sheet, form: WritingForm) -> HttpResponse:
    """Do what the pressed button says, and give the words back where that cannot be."""
    act = ACTS.get(request.POST.get("act", "post"))
    if act is None:
        raise BadRequest
    try:
        return act(request, sheet, form)
    except Stale as stale:
        return sheet.conflict(request, form, stale.current)
    except Closed:
        return _closed(request, sheet, form)
    except Gone:
        raise Http404 from None


def _post(request: HttpRequest, sheet: Sheet, form: WritingForm) -> HttpResponse:
    if not form.is_valid():
        return sheet.page(request, form.again())
    said = form.cleaned_data
    if sheet.thread is None:
        post = begin_thread(seat=sheet.seat, title=said["title"], text=said["text"], **form.draft)
    else:
        post = post_reply(
            seat=sheet.seat,
            thread=sheet.thread,
            text=said["text"],
            quotes=said["quotes"],
            **form.draft,
        )
    messages.success(request, _("Posted."))
    return redirect(newest(post))


def _preview(request: HttpRequest, sheet: Sheet, form: WritingForm) -> HttpResponse:
    """Keep a draft and show the post as it will be."""
    if not form.is_valid():
        return sheet.page(request, form.again())
    draft = _kept(sheet, form)
    return Sheet(sheet.seat, sheet.thread, draft, sheet.answers).preview(request, form)


def _keep(request: HttpRequest, sheet: Sheet, form: WritingForm) -> HttpResponse:
    """Keep a draft and stay."""
    form.full_clean()
    if form.is_beyond:
        return sheet.page(request, form.again())
    draft = _kept(sheet, form)
    kept_at = saved_when(draft) if draft else ""
    after = Sheet(sheet.seat, sheet.thread, draft, sheet.answers)
    return after.page(request, after.form(), kept_at=kept_at)


def _closed(request: HttpRequest, sheet: Sheet, form: WritingForm) -> HttpResponse:
    """The conversation was closed meanwhile: the words go into the draft where no other text is there, and stay on the page."""
    try:
        draft = _kept(sheet, form)
    except Stale as stale:
        return sheet.conflict(request, form, stale.current)
    after = Sheet(sheet.seat, sheet.thread, draft, sheet.answers)
    return after.page(request, form.again(draft), is_closed=True, was_closed=True, status=409)


def _kept(sheet: Sheet, form: WritingForm) -> Draft | None:
    return keep_draft(
        seat=sheet.seat,
        thread=sheet.thread,
        quotes=sheet.answers.pk if sheet.answers else None,
        **form.words,
        **form.draft,
    )


ACTS: dict[str, Act] = {"post": _post, "preview": _preview, "keep": _keep}
