"""What the pages of proposals show, whoever acts on them: one proposal, and the list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import bodies_decided_by
from core.access import acting_member, visible_or_404
from curriculum.glossary.choices import CHANGEABLE, ProposalKind, ProposalStatus
from curriculum.glossary.differences import changes, lines_of
from curriculum.glossary.forms import AdoptForm, CommentForm, DeclineForm, TogetherForm
from curriculum.glossary.models import Decision, Proposal, Term, TermVersion
from curriculum.glossary.permissions import (
    can_change_proposal,
    can_comment_on_proposal,
    can_confirm_decision,
    can_decide_proposal,
    comments_settled_by,
    deciding_body,
    proposals_decided_by,
    proposals_visible_to,
)
from curriculum.glossary.showing import names_in

A_PAGE, OF_ARCHIVE = 50, 20
AROUND = (
    "term", "body", "author", "based_on", "replaced_by", "decision__body", "decision__recorded_by",
    "decision__confirmed_by",
)  # fmt: skip


def proposal_of(request: HttpRequest, slug: str, proposal_id: UUID) -> Proposal:
    """The proposal at an address, if this member may read it; 404 otherwise, as for one that there is not."""
    rows = proposals_visible_to(request.user).select_related(*AROUND)
    return visible_or_404(rows, pk=proposal_id, term__slug=slug)


def address_of(proposal: Proposal) -> str:
    """Where a proposal stands."""
    return reverse("glossary:proposal_show", args=[proposal.term.slug, proposal.pk])


def term_for_proposals(request: HttpRequest, slug: str) -> Term:
    """A term that this member knows of and that is not retired: adopted, or with a proposal that they may read."""
    term = visible_or_404(Term.objects.filter(retired_at__isnull=True), slug=slug)
    known = Term.objects.adopted().filter(pk=term.pk).exists()
    if not known and not proposals_visible_to(request.user).filter(term=term).exists():
        raise Http404
    return term


def proposal_page(
    request: HttpRequest, proposal: Proposal, *, refused: str = "", typed: Any = (), **given: Any
) -> HttpResponse:
    """The page of a proposal. `refused` says why an act was not done (409), `typed` is what would be lost with it."""
    if refused:
        proposal = proposal_of(request, proposal.term.slug, proposal.pk)  # as it is now
    user, decision = request.user, getattr(proposal, "decision", None)
    context = {
        "proposal": proposal, "term": proposal.term, "decision": decision, "refused": refused,
        "typed": [text for text in typed if text.strip()], "body": proposal.body or deciding_body(),
        "comments": _comments(user, proposal), "can_comment": can_comment_on_proposal(user, proposal),
        "can_change": can_change_proposal(user, proposal),
        "can_decide": decision is None and can_decide_proposal(user, proposal),
        "can_confirm": decision is not None and can_confirm_decision(user, decision),
        "recorded_it": decision is not None and not decision.is_in_effect and decision.recorded_by_id == user.pk,
        "comment_form": CommentForm(), **_texts(request, proposal),
        **_decision_forms(proposal), **given,
    }  # fmt: skip
    return render(request, "glossary/proposal_show.html", context, status=409 if refused else 200)


def _decision_forms(proposal: Proposal) -> dict[str, Any]:
    shown = {"revision": proposal.revision}
    return {
        "adopt_form": AdoptForm(initial=shown, auto_id="adopt_%s"),
        "decline_form": DeclineForm(initial=shown, auto_id="decline_%s"),
    }


def _texts(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """The wording in force and the proposed one: what differs, and what stays."""
    old, names = _compared_with(proposal), names_in(request, proposal.language)
    if proposal.kind == ProposalKind.RETIREMENT:
        return {"lines": lines_of(proposal, names)}
    found = changes(old, proposal, names)
    differ = {change.label for change in found}
    stays = [line for line in lines_of(proposal, names) if line[0] not in differ]
    moved = old is not None and proposal.based_on_id not in (None, old.pk)
    return {"old": old, "changes": found, "lines": stays, "moved": moved and is_open(proposal)}


def is_open(proposal: Proposal) -> bool:
    """Whether it can still be changed or decided."""
    return proposal.status in CHANGEABLE


def _compared_with(proposal: Proposal) -> TermVersion | None:
    """The wording in force now; of a decided proposal, the one that was in force then."""
    versions = TermVersion.objects.filter(term=proposal.term, language=proposal.language)
    if is_open(proposal):
        return versions.filter(in_force__isnull=False).first()
    if proposal.status == ProposalStatus.ADOPTED:
        mine = versions.filter(decision__proposal=proposal).values("number")[:1]
        return versions.filter(number__lt=mine).order_by("-number").first()
    return proposal.based_on


def _comments(user: Any, proposal: Proposal) -> list[Any]:
    """Open ones first, each with whether this reader may settle it. Two queries, however many they are."""
    may_settle = set(comments_settled_by(user, proposal).values_list("pk", flat=True))
    rows = proposal.comments.select_related("author", "settled_by").order_by(
        F("settled_at").asc(nulls_first=True), "posted_at", "pk"
    )
    return [(row, row.pk in may_settle) for row in rows]


def list_page(
    request: HttpRequest, *, refused: str = "", together: TogetherForm | None = None
) -> HttpResponse:
    """The list of proposals; with the reason why nothing was decided (409)."""
    user = acting_member(request)
    rows = proposals_visible_to(user).select_related("term", "author", "based_on", "replaced_by")
    rows = rows.annotate(open_comments=Count("comments", filter=Q(comments__settled_at=None)))
    mine = proposals_decided_by(user).filter(decision__isnull=True)
    recorded = Decision.objects.filter(confirmed_at=None, body__in=bodies_decided_by(user)).exclude(Q(recorded_by=user) | Q(proposal__author=user))  # fmt: skip
    open_ones = rows.filter(status=ProposalStatus.OPEN).alias(waits=Q(pk__in=mine.values("pk"))).order_by("-waits", "written_at", "pk")  # fmt: skip
    archive = rows.exclude(status__in=CHANGEABLE).select_related(
        "term", "author", "replaced_by", "decision__body"
    )
    page = Paginator(open_ones, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "waiting": set(mine.values_list("pk", flat=True)), "body": deciding_body(), "refused": refused,
        "drafts": rows.filter(status=ProposalStatus.DRAFT, author=user),
        "to_confirm": recorded.select_related("proposal__term").distinct(),
        "archive": Paginator(archive.order_by("-changed_at", "pk"), OF_ARCHIVE).get_page(request.GET.get("archive")),
        "form": together or TogetherForm(), "ticked": set(request.POST.getlist("shown")),
    }  # fmt: skip
    return render(request, "glossary/proposal_list.html", context, status=409 if refused else 200)
