"""Proposals by members: the list, making one, reading it, changing it, talking about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import MEMBER, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps
from curriculum.glossary.actions import (
    StaleProposal,
    change_proposal,
    open_proposal,
    post_comment,
    propose_retirement,
    propose_wording,
    settle_comment,
    withdraw_proposal,
)
from curriculum.glossary.choices import ProposalKind, ProposalStatus
from curriculum.glossary.differences import changes
from curriculum.glossary.forms import CommentForm, RetirementForm, WordingForm
from curriculum.glossary.listing import asked_language
from curriculum.glossary.models import Comment, Proposal, Term, TermVersion
from curriculum.glossary.permissions import can_change_proposal, can_comment_on_proposal
from curriculum.glossary.proposal_page import (
    address_of,
    list_page,
    proposal_of,
    proposal_page,
    term_for_proposals,
)


@open_to(MEMBER)
@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Open proposals, those that wait for this reader first, and the archive of decided ones."""
    return list_page(request)


@open_to(MEMBER)
@require_GET
def proposal_show(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """A proposal beside the text in force, with what is said about it."""
    return proposal_page(request, proposal_of(request, slug, proposal_id))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(WordingForm)
def term_propose(request: HttpRequest) -> HttpResponse:
    """Propose a new term."""
    form = WordingForm.of(None, request.POST or None, language=asked_language(request))
    return _propose(request, form, None)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(WordingForm)
def wording_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose another wording of a term, or its first one in a language."""
    term = term_for_proposals(request, slug)
    language = asked_language(request)
    row = term.in_force.filter(language=language).select_related("version").first()
    start = row.version if row else None
    form = WordingForm.of(start, request.POST or None, language=language)
    return _propose(request, form, term)


def _propose(request: HttpRequest, form: WordingForm, term: Term | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        draft = request.POST.get("action") == "draft"
        reason = form.cleaned_data["reason"]
        try:
            proposal = propose_wording(
                words=form.words(), by=request.user, term=term, reason=reason, draft=draft
            )
        except ValidationError as problem:
            form.refuse(problem)
        else:
            said = _("Kept as a draft, which only you see.") if draft else _("Proposed. Those who decide are told.")  # fmt: skip
            messages.success(request, said)
            return redirect(address_of(proposal))
    return render(request, "glossary/wording_propose.html", {"form": form, "term": term})


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(RetirementForm)
def retirement_propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose that a term be used no longer."""
    term = visible_or_404(Term.objects.in_use(), slug=slug)
    form = RetirementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = propose_retirement(term=term, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, " ".join(problem.messages))
        else:
            messages.success(request, _("Proposed. Those who decide are told."))
            return redirect(address_of(proposal))
    return render(request, "glossary/retirement_propose.html", {"form": form, "term": term})


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(WordingForm)
def proposal_edit(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Change one's own proposal. When it was changed or decided meanwhile, nothing that was typed is lost."""
    proposal = proposal_of(request, slug, proposal_id)
    mine = proposal.author_id == request.user.pk and proposal.kind == ProposalKind.WORDING
    require(mine, _("A proposed wording is changed by the member who wrote it."))
    more = {"reason": proposal.reason, "revision": proposal.revision}
    form = WordingForm.of(proposal, request.POST or None, **more)
    if not can_change_proposal(request.user, proposal):
        return _edit_page(request, proposal, form, decided=True, status=409)
    if request.method == "GET" or not form.is_valid():
        return _edit_page(request, proposal, form)
    try:
        change_proposal(
            proposal=proposal, words=form.words(), seen_revision=form.cleaned_data["revision"] or 0,
            by=request.user, reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except ValidationError as problem:
        form.refuse(problem)
        return _edit_page(request, proposal, form)
    except StaleProposal:
        return _conflict(request, proposal, form)
    messages.success(request, _("Saved. Those who decide see the text as it is now."))
    return redirect(address_of(proposal))


def _conflict(request: HttpRequest, proposal: Proposal, form: WordingForm) -> HttpResponse:
    """Both texts: what is saved now, and what was typed, ready to be saved over it."""
    typed = TermVersion(**form.words())
    more = {"reason": form.cleaned_data["reason"], "revision": proposal.revision}
    again = WordingForm.of(typed, None, **more)
    return _edit_page(
        request, proposal, again, stale=True, changes=changes(proposal, typed), status=409
    )


def _edit_page(
    request: HttpRequest, proposal: Proposal, form: WordingForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "proposal": proposal, "term": proposal.term, **more}
    return render(request, "glossary/proposal_edit.html", context, status=status)


@open_to(MEMBER)
@require_POST
@once
def proposal_open(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Put one's draft before the body."""
    proposal = proposal_of(request, slug, proposal_id)
    try:
        open_proposal(proposal=proposal, by=request.user)
    except StaleProposal as stale:
        return proposal_page(request, proposal, refused=str(stale))
    messages.success(request, _("Proposed. Those who decide are told."))
    return redirect(address_of(proposal))


@open_to(MEMBER)
@require_POST
@once
def proposal_withdraw(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    proposal = proposal_of(request, slug, proposal_id)
    try:
        withdraw_proposal(proposal=proposal, by=request.user)
    except StaleProposal as stale:
        return proposal_page(request, proposal, refused=str(stale))
    messages.success(request, _("Withdrawn. It stays in the archive."))
    return redirect(address_of(proposal))


@open_to(MEMBER)
@require_POST
@once
@keeps(CommentForm)
def comment_post(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Say something about an open proposal."""
    proposal = proposal_of(request, slug, proposal_id)
    form = CommentForm(request.POST)
    if not can_comment_on_proposal(request.user, proposal):
        said = _("This proposal is %(status)s, so nothing is added to it. What you typed stands below.")  # fmt: skip
        said %= {"status": ProposalStatus(proposal.status).label}
        typed = [request.POST.get("text", "")]
        return proposal_page(request, proposal, refused=said, typed=typed)
    if not form.is_valid():
        return proposal_page(request, proposal, comment_form=form)
    try:
        comment = post_comment(proposal=proposal, text=form.cleaned_data["text"], by=request.user)
    except ValidationError as problem:  # of letters that nobody sees nothing is left
        form.add_error(None, problem)
        return proposal_page(request, proposal, comment_form=form)
    messages.success(request, _("Posted. It stands open until somebody settles it."))
    return redirect(f"{address_of(proposal)}#comment-{comment.pk}")


@open_to(MEMBER)
@require_POST
@once
def comment_settle(
    request: HttpRequest, slug: str, proposal_id: UUID, comment_id: UUID
) -> HttpResponse:
    """Call a comment settled."""
    proposal = proposal_of(request, slug, proposal_id)
    comment = visible_or_404(Comment.objects.filter(proposal=proposal), pk=comment_id)
    settle_comment(comment=comment, by=request.user)
    messages.success(request, _("Settled."))
    return redirect(f"{address_of(proposal)}#comments-title")
