"""A note where its cohort reads it, and the replies there. Nothing on these pages knows of a caucus."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caucuses.bringback.actions import delete_reply, edit_reply, post_reply
from caucuses.bringback.forms import ReplyForm
from caucuses.bringback.models import Released, Reply
from caucuses.bringback.permissions import (
    can_answer_released,
    can_delete_reply,
    released_visible_to,
)
from caucuses.stretches import page_in_order, place_among
from caucuses.unsaved import gives_back
from cohorts.actions import StaleEdit
from cohorts.over import answers_over, over_page
from core.access import MEMBER, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps

UNSAVED = "bringback/unsaved.html"


@open_to(MEMBER)
@require_GET
def released_show(request: HttpRequest, slug: str, released_id: UUID) -> HttpResponse:
    """A note, and what was replied to it in the order of time."""
    return _page(request, _released(request, slug, released_id), ReplyForm())


@open_to(MEMBER)
@require_POST
@once
@keeps(ReplyForm)
@gives_back(of=Reply, template=UNSAVED)
@answers_over
def reply_post(request: HttpRequest, slug: str, released_id: UUID) -> HttpResponse:
    """Reply under one's own name."""
    released = _released(request, slug, released_id)
    if released.cohort.is_over:
        return over_page(request, released.cohort)
    require(can_answer_released(request.user, released), _("The people of this cohort reply here."))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, released, form)
    reply = post_reply(released=released, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Posted."))
    return redirect(_place_of(reply))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(ReplyForm)
@gives_back(of=Reply, template=UNSAVED)
@answers_over
def reply_edit(request: HttpRequest, slug: str, released_id: UUID, reply_id: UUID) -> HttpResponse:
    """Change one's own reply. When it was changed elsewhere meanwhile, both texts are shown."""
    reply = _own_reply(request, slug, released_id, reply_id)
    if reply.released.cohort.is_over:
        return over_page(request, reply.released.cohort)
    start = {"text": reply.text, "revision": reply.revision}
    form = ReplyForm(request.POST or None, initial=start)
    if request.method == "GET" or not form.is_valid():
        return render(request, "bringback/reply_edit.html", _about(reply, form=form))
    try:
        edit_reply(
            reply=reply, text=form.cleaned_data["text"], seen_revision=form.seen, by=request.user
        )
    except StaleEdit as stale:
        typed = {"text": form.cleaned_data["text"], "revision": stale.current.revision}
        context = _about(reply, form=ReplyForm(initial=typed))
        return render(request, "bringback/reply_conflict.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect(_place_of(reply))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def reply_delete(
    request: HttpRequest, slug: str, released_id: UUID, reply_id: UUID
) -> HttpResponse:
    """Ask, and then delete one's own reply."""
    reply = _own_reply(request, slug, released_id, reply_id)
    if request.method == "POST":
        delete_reply(reply=reply, by=request.user)
        messages.success(request, _("Deleted."))
        return redirect("brought_back:released_show", slug, released_id)
    return render(request, "bringback/reply_delete.html", _about(reply))


def _released(request: HttpRequest, slug: str, released_id: UUID) -> Released:
    rows = released_visible_to(request.user).select_related("cohort")
    return visible_or_404(rows, pk=released_id, cohort__slug=slug)


def _own_reply(request: HttpRequest, slug: str, released_id: UUID, reply_id: UUID) -> Reply:
    there = Reply.objects.filter(released=_released(request, slug, released_id))
    reply = visible_or_404(there.select_related("released__cohort", "author"), pk=reply_id)
    require(
        can_delete_reply(request.user, reply), _("A reply is changed by the person who wrote it.")
    )
    return reply


def _about(reply: Reply, **more: Any) -> dict[str, Any]:
    return {"cohort": reply.released.cohort, "released": reply.released, "reply": reply, **more}


def _place_of(reply: Reply) -> str:
    """The address of a reply, on whichever page it stands."""
    there = Reply.objects.filter(released=reply.released_id)
    address = reverse(
        "brought_back:released_show", args=[reply.released.cohort.slug, reply.released_id]
    )
    return f"{address}{place_among(there, 'posted_at', reply.pk)}#reply-{reply.pk}"


def _page(request: HttpRequest, released: Released, form: ReplyForm) -> HttpResponse:
    replies = Reply.objects.filter(released=released).select_related("author")
    context = {
        "cohort": released.cohort,
        "released": released,
        "page": page_in_order(request, replies, "posted_at"),
        "can_reply": can_answer_released(request.user, released),
        "form": form,
    }
    return render(request, "bringback/released_show.html", context)
