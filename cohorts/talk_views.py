"""Talk about a prompt of a lesson: opening it from the lesson, reading along, replying."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.actions import (
    StaleEdit,
    delete_reply,
    edit_reply,
    open_prompt,
    post_reply,
    remove_reply,
)
from cohorts.forms import RemovalForm, ReplyForm
from cohorts.models import Prompt, Reply
from cohorts.notifications import talk_of
from cohorts.over import answers_over, over_page
from cohorts.permissions import (
    can_delete_reply,
    can_remove_reply,
    can_run_cohort,
    cohorts_visible_to,
    prompts_visible_to,
    replies_visible_to,
)
from cohorts.talk import may_read, question_from
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps

A_PAGE = 20


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["question"])
@answers_over
def talk_open(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the question of a lesson in one's cohort; when it is open already, go there."""
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    if cohort.is_over:
        return over_page(request, cohort)
    question = question_from(request.POST.get("question", ""), member=request.user)
    if question is None or not may_read(request.user, question):
        messages.error(
            request,
            _(
                "This question could not be opened. Open its lesson again and press the button there."
            ),
        )
        return redirect("cohorts:cohort_show", slug)
    return redirect(talk_of(open_prompt(cohort=cohort, question=question, by=request.user)))


@open_to(MEMBER)
@require_GET
def talk_show(request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
    """A prompt and what was said, in the order of time."""
    return _talk_page(request, _prompt(request, slug, prompt_id), ReplyForm())


@open_to(MEMBER)
@require_POST
@once
@keeps(ReplyForm)
@answers_over
def reply_post(request: HttpRequest, slug: str, prompt_id: UUID) -> HttpResponse:
    """Say something."""
    prompt = _prompt(request, slug, prompt_id)
    if prompt.cohort.is_over:
        return over_page(request, prompt.cohort)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _talk_page(request, prompt, form)
    reply = post_reply(prompt=prompt, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Posted. The others in the cohort get a notice."))
    return redirect(_place_of(request, reply))


@open_to(MEMBER)
@require_GET
def reply_show(request: HttpRequest, slug: str, prompt_id: UUID, reply_id: UUID) -> HttpResponse:
    """Lead to a reply, on whichever page of the talk it stands."""
    return redirect(_place_of(request, _reply(request, slug, prompt_id, reply_id)))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(ReplyForm)
@answers_over
def reply_edit(request: HttpRequest, slug: str, prompt_id: UUID, reply_id: UUID) -> HttpResponse:
    """Change one's own reply. When it was changed elsewhere meanwhile, both texts are shown."""
    reply = _own_reply(request, slug, prompt_id, reply_id)
    if reply.prompt.cohort.is_over:
        return over_page(request, reply.prompt.cohort)
    form = ReplyForm.editing(reply, request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "cohorts/reply_edit.html", _about(reply, form=form))
    try:
        edit_reply(
            reply=reply,
            text=form.cleaned_data["text"],
            seen_revision=form.cleaned_data["revision"] or 0,
            by=request.user,
        )
    except StaleEdit as stale:
        typed = {"text": form.cleaned_data["text"], "revision": stale.current.revision}
        context = _about(reply, form=ReplyForm(initial=typed))
        return render(request, "cohorts/reply_conflict.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect(_place_of(request, reply))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def reply_delete(request: HttpRequest, slug: str, prompt_id: UUID, reply_id: UUID) -> HttpResponse:
    """Ask, and then delete one's own reply."""
    reply = _own_reply(request, slug, prompt_id, reply_id)
    if request.method == "POST":
        delete_reply(reply=reply, by=request.user)
        messages.success(request, _("Deleted."))
        return redirect("cohorts:talk_show", slug, prompt_id)
    return render(request, "cohorts/reply_delete.html", _about(reply))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(RemovalForm)
def reply_remove(request: HttpRequest, slug: str, prompt_id: UUID, reply_id: UUID) -> HttpResponse:
    """Ask a facilitator why, and then take somebody's reply out of the talk."""
    reply = _reply(request, slug, prompt_id, reply_id)
    require(
        can_remove_reply(request.user, reply),
        _("Facilitators of the cohort remove replies. Tell one of them what is wrong with it."),
    )
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_reply(reply=reply, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Removed. Its author is told, with your reason."))
        return redirect("cohorts:talk_show", slug, prompt_id)
    return render(request, "cohorts/reply_remove.html", _about(reply, form=form))


def _prompt(request: HttpRequest, slug: str, prompt_id: UUID) -> Prompt:
    rows = prompts_visible_to(request.user).select_related("cohort", "opened_by")
    return visible_or_404(rows, pk=prompt_id, cohort__slug=slug)


def _reply(request: HttpRequest, slug: str, prompt_id: UUID, reply_id: UUID) -> Reply:
    rows = replies_visible_to(request.user).select_related("prompt__cohort", "author")
    return visible_or_404(rows, pk=reply_id, prompt=prompt_id, prompt__cohort__slug=slug)


def _own_reply(request: HttpRequest, slug: str, prompt_id: UUID, reply_id: UUID) -> Reply:
    reply = _reply(request, slug, prompt_id, reply_id)
    require(
        can_delete_reply(request.user, reply), _("A reply is changed by the person who wrote it.")
    )
    return reply


def _about(reply: Reply, **more: Any) -> dict[str, Any]:
    return {"cohort": reply.prompt.cohort, "prompt": reply.prompt, "reply": reply, **more}


def _place_of(request: HttpRequest, reply: Reply) -> str:
    """The address of a reply: the page of the talk on which this reader finds it."""
    seen = replies_visible_to(acting_member(request)).filter(prompt=reply.prompt_id)
    before = seen.filter(posted_at__lt=reply.posted_at).count()
    return f"{talk_of(reply.prompt)}?page={before // A_PAGE + 1}#reply-{reply.pk}"


def _talk_page(request: HttpRequest, prompt: Prompt, form: ReplyForm) -> HttpResponse:
    replies: Any = replies_visible_to(request.user).filter(prompt=prompt)
    context = {
        "cohort": prompt.cohort,
        "prompt": prompt,
        "page": Paginator(replies.for_page(), A_PAGE).get_page(request.GET.get("page")),
        "can_remove": can_run_cohort(request.user, prompt.cohort),
        "form": form,
    }
    return render(request, "cohorts/talk_show.html", context)
