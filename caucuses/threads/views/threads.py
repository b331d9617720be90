"""Reading conversations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from caucuses.entering import seated
from caucuses.models import Seat
from caucuses.threads.acting import acts_for
from caucuses.threads.permissions import posts_visible_to, threads_visible_to
from core.access import MEMBER, open_to, visible_or_404


@open_to(MEMBER)
@require_GET
@seated
def thread_show(request: HttpRequest, seat: Seat, thread_id: UUID) -> HttpResponse:
    """A conversation."""
    thread = visible_or_404(threads_visible_to(seat), pk=thread_id)
    rows = posts_visible_to(seat).filter(thread=thread).select_related("seat", "quotes__seat")
    posts = list(rows.order_by("written_at", "pk")[:20])
    acts = acts_for(seat, posts)
    context = {
        "seat": seat,
        "thread": thread,
        "rows": [(post, acts[post.pk]) for post in posts],
    }
    return render(request, "threads/thread_show.html", context)


@open_to(MEMBER)
@require_GET
@seated
def post_show(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """Lead to a post."""
    post = visible_or_404(posts_visible_to(seat), pk=post_id, thread=thread_id)
    return redirect(
        f"{reverse('threads:thread_show', args=[seat.caucus_id, thread_id])}#post-{post.pk}"
    )
