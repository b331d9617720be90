"""Quiet acts on posts, one's own list for later, and what facilitators do with posts and conversations."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caucuses.entering import once_here, seated
from caucuses.models import Seat
from caucuses.stretches import newest_page
from caucuses.threads.acting import can_close_thread, can_hide_post
from caucuses.threads.actions.acts import (
    Gone,
    Hidden,
    KeptAway,
    NotForThis,
    hide_post,
    mark_post,
    recognize_post,
    reveal_post,
    set_thread_closed,
    unmark_post,
    unrecognize_post,
)
from caucuses.threads.later import lines_of, marks_of
from caucuses.threads.models import Post
from caucuses.threads.permissions import posts_visible_to, threads_visible_to
from caucuses.threads.reasons import HideForm
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require, visible_or_404
from core.keptform import keeps

ACTS: dict[str, Callable[..., None]] = {
    "mark": mark_post,
    "unmark": unmark_post,
    "recognize": recognize_post,
    "unrecognize": unrecognize_post,
}
#: What the script sends, which changes the button in its place.
IN_PLACE = "X-In-Place"


@open_to(MEMBER)
@require_POST
@seated
@keeps(hidden=["act", "back"])
def post_act(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """Mark for later or recognize, or take it back; then back to the post, or for the script nothing more."""
    post = _post(seat, thread_id, post_id)
    act = ACTS.get(request.POST.get("act", ""))
    require(act is not None, _("This button is not known any more. Open the page again."))
    assert act is not None  # noqa: S101 (for the type checker)
    try:
        act(seat=seat, post=post)
    except (KeptAway, Gone, NotForThis) as refusal:
        return _refused(request, seat, post, refusal)
    if IN_PLACE in request.headers:
        return HttpResponse(status=204)
    if request.POST.get("back") == "later":
        return redirect("threads:later_list", seat.caucus_id)
    return redirect("threads:post_show", seat.caucus_id, thread_id, post_id)


def _refused(request: HttpRequest, seat: Seat, post: Post, refusal: Exception) -> HttpResponse:
    """A sentence why it was not done, on a page that leads back."""
    if isinstance(refusal, KeptAway):
        words = _("You keep away from whose post this is, so it is not marked or recognized.")
    elif isinstance(refusal, Gone):
        words = _("This post was deleted meanwhile, so nothing was changed.")
    else:
        words = _(
            "This can be done with posts of others that stand open here. Nothing was changed."
        )
    context = {"seat": seat, "post": post, "words": words}
    return render(request, "threads/act_refused.html", context, status=409)


@open_to(MEMBER)
@require_GET
@seated
def later_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What one has marked for later, the newest mark first."""
    page = newest_page(request, marks_of(seat), "at")
    context = {"seat": seat, "page": page, "rows": lines_of(seat, page.newest_first)}
    return render(request, "threads/later_list.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Post)
@seated
@once_here
@keeps(HideForm)
def post_hide(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """Ask a facilitator why, and then hide somebody's post."""
    post = _post(seat, thread_id, post_id)
    form = HideForm(request.POST or None)
    context = {"seat": seat, "post": post, "form": form}
    if post.hidden_at is None and post.deleted_at is None:
        require(can_hide_post(seat, post), _("Facilitators of the room hide posts of others."))
    else:
        return _too_late(request, context)
    if request.method == "POST" and form.is_valid():
        try:
            hide_post(seat=seat, post=post, reason=form.cleaned_data["reason"])
        except (Hidden, Gone):
            return _too_late(request, context)
        return redirect("threads:post_show", seat.caucus_id, thread_id, post_id)
    return render(request, "threads/post_hide.html", context)


def _too_late(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The post was hidden or deleted by somebody else: what was typed here is still to be read."""
    seat, post = context["seat"], context["post"]
    assert isinstance(seat, Seat)  # noqa: S101 (for the type checker)
    assert isinstance(post, Post)  # noqa: S101 (for the type checker)
    require(seat.is_facilitator, _("Facilitators of the room hide posts of others."))
    context["is_gone"] = not Post.objects.filter(pk=post.pk, deleted_at__isnull=True).exists()
    return render(request, "threads/post_hide_late.html", context, status=409)


@open_to(MEMBER)
@require_POST
@seated
@once_here
def post_reveal(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """Show a hidden post again."""
    post = _post(seat, thread_id, post_id)
    try:
        reveal_post(seat=seat, post=post)
    except Gone as refusal:
        return _refused(request, seat, post, refusal)
    return redirect("threads:post_show", seat.caucus_id, thread_id, post_id)


@open_to(MEMBER)
@require_POST
@seated
@once_here
@keeps(hidden=["closed"])
def thread_close(request: HttpRequest, seat: Seat, thread_id: UUID) -> HttpResponse:
    """Close a conversation, or open it again."""
    thread = visible_or_404(threads_visible_to(seat), pk=thread_id)
    require(can_close_thread(seat, thread), _("Facilitators of the room close conversations."))
    set_thread_closed(seat=seat, thread=thread, closed=request.POST.get("closed") == "1")
    return redirect("threads:thread_show", seat.caucus_id, thread_id)


def _post(seat: Seat, thread_id: UUID, post_id: UUID) -> Post:
    rows = posts_visible_to(seat).select_related("thread", "seat")
    return visible_or_404(rows, pk=post_id, thread=thread_id)
