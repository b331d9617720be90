"""Reading: the list of conversations, one of them, a post, and what a post said before."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from caucuses.entering import seated
from caucuses.models import Seat
from caucuses.stretches import key_named, newest_page
from caucuses.threads.actions.drafting import draft_in
from caucuses.threads.permissions import (
    can_post_in_thread,
    can_read_title,
    posts_readable_by,
    wordings_visible_to,
)
from caucuses.threads.questions import threads_page
from caucuses.threads.reading import (
    Names,
    for_page,
    lines_of,
    talks_of,
    title_of,
    wording_html,
)
from caucuses.threads.views.pages import place_of, post_of, posts_of, thread_of
from caucuses.threads.views.sheets import Sheet
from core.access import MEMBER, open_to, visible_or_404


@open_to(MEMBER)
@require_GET
@seated
def thread_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The conversations, the one in which somebody said something last before the others."""
    page = threads_page(seat, ahead=key_named(request, "before"))
    context = {"seat": seat, "page": page, "talks": talks_of(seat, page.newest_first)}
    return render(request, "threads/thread_list.html", context)


@open_to(MEMBER)
@require_GET
@seated
def thread_show(request: HttpRequest, seat: Seat, thread_id: UUID) -> HttpResponse:
    """A page of a conversation, in the order of time, and under it where one says something."""
    thread = thread_of(seat, thread_id)
    sheet = Sheet(seat, thread, draft_in(seat, thread) if thread.has_draft else None)
    page = posts_of(request, seat, thread)
    context = {
        **sheet.shown(sheet.form()),
        "page": page,
        "lines": lines_of(seat, page.rows),
        "starter": Names().of(thread.seat) if can_read_title(seat, thread) else None,
        "can_post": can_post_in_thread(seat, thread),
    }
    return render(request, "threads/thread_show.html", context)


@open_to(MEMBER)
@require_GET
@seated
def post_show(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """Lead to a post, wherever in its conversation it stands."""
    return redirect(place_of(seat, post_of(seat, thread_id, post_id)))


@open_to(MEMBER)
@require_GET
@seated
def wording_list(request: HttpRequest, seat: Seat, thread_id: UUID, post_id: UUID) -> HttpResponse:
    """What a post says, and what it said before, the latest first."""
    rows = for_page(seat, posts_readable_by(seat)).select_related("thread")
    post = visible_or_404(rows, pk=post_id, thread=thread_id)
    there = wordings_visible_to(seat).filter(post=post.pk)
    page = newest_page(request, there, "until")
    context = {
        "seat": seat,
        "thread": post.thread,
        "title": title_of(seat, post.thread),
        "line": lines_of(seat, [post])[0],
        "page": page,
        "wordings": [(row, wording_html(row)) for row in page.rows[::-1]],
    }
    return render(request, "threads/wording_list.html", context)
