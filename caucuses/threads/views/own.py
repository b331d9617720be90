"""One's own posts: wording them anew, deleting them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from caucuses.entering import once_here, seated, seated_before_agreeing
from caucuses.models import Seat
from caucuses.threads.actions import (
    Closed,
    Gone,
    Stale,
    delete_post,
    edit_post,
)
from caucuses.threads.forms import EditForm
from caucuses.threads.models import Post
from caucuses.threads.permissions import can_delete_post, can_edit_post
from caucuses.threads.reading import SHUT, html_from, shown_html, title_of
from caucuses.threads.views.pages import place_of, post_of
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require
from core.crypto.alerts import could_not_open
from core.keptform import keeps
from core.text import trusted

_NOT_YOURS = gettext_lazy("A post is changed by the person who wrote it. Nothing was changed.")
_NOT_NOW = gettext_lazy(
    "A post is changed by the person who wrote it, while its conversation is open and it is not hidden. Nothing was changed."
)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Post)
@seated
@once_here
@keeps(EditForm, hidden=("revision", "act"))
def post_edit(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """Word one's own post anew. When it was changed elsewhere meanwhile, both texts are shown."""
    post = post_of(seat, thread_id, post_id)
    if request.method == "GET":
        require(can_edit_post(seat, post, post.thread), str(_NOT_NOW))
        return _page(request, seat, post, _form(post))
    require(post.seat_id == seat.pk or post.deleted_at is not None, str(_NOT_NOW))
    form = EditForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, post, form)
    if request.POST.get("act") == "preview":
        shown = trusted(html_from(form.cleaned_data["text"]))
        return _page(request, seat, post, form, preview=shown)
    return _saved(request, seat, post, form)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated_before_agreeing
@once_here
def post_delete(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """Ask, and then delete one's own post, also before a new agreement is accepted."""
    post = post_of(seat, thread_id, post_id)
    if request.method == "POST":
        try:
            delete_post(seat=seat, post=post)
        except Gone:
            require(post.deleted_at is not None, str(_NOT_YOURS))  # pressed twice
        messages.success(request, _("Deleted."))
        return redirect(place_of(seat, post))
    require(can_delete_post(seat, post), str(_NOT_YOURS))
    return render(request, "threads/post_delete.html", _about(seat, post))


def _saved(request: HttpRequest, seat: Seat, post: Post, form: EditForm) -> HttpResponse:
    text, revision = form.cleaned_data["text"], form.cleaned_data["revision"] or 0
    try:
        edit_post(seat=seat, post=post, text=text, seen_revision=revision)
    except Stale as stale:
        return _page(request, seat, stale.current, form.over(stale.current), is_stale=True)
    except Closed:
        return _refused(request, seat, post, text, is_closed=True)
    except Gone:
        return _refused(request, seat, post, text, is_closed=False)
    messages.success(request, _("Saved."))
    return redirect(place_of(seat, post))


def _form(post: Post) -> EditForm:
    try:
        return EditForm.of(post)
    except SHUT:
        could_not_open(post)
        return EditForm(initial={"revision": post.revision})


def _page(
    request: HttpRequest,
    seat: Seat,
    post: Post,
    form: EditForm,
    *,
    is_stale: bool = False,
    preview: Any = None,
) -> HttpResponse:
    """The page to write on, with the text as it stands where that is another one."""
    template = "threads/post_conflict.html" if is_stale else "threads/post_edit.html"
    context = {**_about(seat, post), "form": form, "preview": preview}
    return render(request, template, context, status=409 if is_stale else 200)


def _refused(
    request: HttpRequest, seat: Seat, post: Post, text: str, *, is_closed: bool
) -> HttpResponse:
    """The post cannot be worded anew any more; what was typed stands on the page."""
    context = {**_about(seat, post), "typed": text, "is_closed": is_closed}
    return render(request, "threads/post_refused.html", context, status=409)


def _about(seat: Seat, post: Post) -> dict[str, Any]:
    return {
        "seat": seat,
        "thread": post.thread,
        "title": title_of(seat, post.thread),
        "post": post,
        "html": shown_html(post),
    }
