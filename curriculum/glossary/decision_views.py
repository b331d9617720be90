"""Decisions of the body: adopt, decline, adopt several together, confirm or discard the record of a meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.access import MEMBER, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps
from curriculum.glossary.actions import (
    DecisionRefused,
    adopt_proposal,
    confirm_decision,
    decide_together,
    decline_proposal,
    discard_record,
)
from curriculum.glossary.forms import AdoptForm, DecisionForm, DeclineForm, TogetherForm
from curriculum.glossary.models import Decision, Proposal
from curriculum.glossary.permissions import (
    can_decide_proposal,
    proposals_decided_by,
    proposals_visible_to,
)
from curriculum.glossary.proposal_page import address_of, list_page, proposal_of, proposal_page


@open_to(MEMBER)
@require_POST
@once
@keeps(AdoptForm)
def proposal_adopt(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Adopt the text that was shown."""
    proposal = proposal_of(request, slug, proposal_id)
    form = AdoptForm(request.POST, auto_id="adopt_%s")
    return _decide(request, proposal, form, "adopt_form", lambda: _adopt(request, proposal, form))


def _adopt(request: HttpRequest, proposal: Proposal, form: DecisionForm) -> str:
    words = dict(form.cleaned_data)
    adopt_proposal(proposal=proposal, by=request.user, seen_revision=words.pop("revision"), **words)
    return _("Adopted. Readers see it from now on.")


@open_to(MEMBER)
@require_POST
@once
@keeps(DeclineForm)
def proposal_decline(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Decline it, with a reason; the text in force stays."""
    proposal = proposal_of(request, slug, proposal_id)
    form = DeclineForm(request.POST, auto_id="decline_%s")
    return _decide(
        request, proposal, form, "decline_form", lambda: _decline(request, proposal, form)
    )


def _decline(request: HttpRequest, proposal: Proposal, form: DecisionForm) -> str:
    words = dict(form.cleaned_data)
    decline_proposal(
        proposal=proposal, by=request.user, seen_revision=words.pop("revision"), **words
    )
    return _("Declined. The proposal is archived with your reason, and the text in force stays.")


def _decide(
    request: HttpRequest, proposal: Proposal, form: DecisionForm, name: str, act: Callable[[], str]
) -> HttpResponse:
    """Do it, or show the page again with why not and with what was typed."""
    if not form.is_valid():
        _require_seat(request, proposal)
        shown: dict[str, Any] = {name: form}
        return proposal_page(request, proposal, **shown)
    typed = [str(form.cleaned_data.get(field) or "") for field in ("reason", "dissent")]
    try:
        said = act()
    except DecisionRefused as refusal:
        return proposal_page(request, proposal, refused=str(refusal), typed=typed)
    except ValidationError as problem:
        return proposal_page(request, proposal, refused=" ".join(problem.messages), typed=typed)
    messages.success(request, said)
    return redirect(address_of(proposal))


def _require_seat(request: HttpRequest, proposal: Proposal) -> None:
    """Refuse whoever may not decide about an open proposal; of a decided one the page itself says so."""
    decides = can_decide_proposal(request.user, proposal)
    require(decides, _("Members of the body that decides do this, and nobody about their own proposal."))  # fmt: skip


@open_to(MEMBER)
@require_POST
@once
@keeps(TogetherForm, hidden=["shown"])
def proposals_adopt(request: HttpRequest) -> HttpResponse:
    """Adopt several proposals of the list together, each as it was shown: all of them, or none."""
    form = TogetherForm(request.POST)
    form.fields["shown"].choices = [(one, one) for one in request.POST.getlist("shown")]  # type: ignore[attr-defined]
    shown = _shown(request)
    if not form.is_valid() or not shown:
        refused = "" if form.errors else _("Tick the proposals first. Nothing was adopted.")
        require(proposals_decided_by(request.user).exists() or not shown)
        return list_page(request, refused=refused, together=form)
    try:
        done = decide_together(shown=shown, by=request.user, dissent=form.cleaned_data["dissent"])
    except DecisionRefused as refusal:
        return list_page(request, refused=str(refusal), together=form)
    said = ngettext("%(number)d proposal was adopted.", "%(number)d proposals were adopted.", len(done))  # fmt: skip
    messages.success(request, said % {"number": len(done)})
    return redirect("glossary:proposal_list")


def _shown(request: HttpRequest) -> list[tuple[Proposal, int]]:
    """The proposals that were ticked, each with the number of the text that was shown, in the order of the list."""
    found = []
    for one in request.POST.getlist("shown")[:200]:
        key, _colon, revision = one.partition(":")
        row = visible_or_404(proposals_visible_to(request.user), pk=key)
        found.append((row, int(revision) if revision.isdecimal() and len(revision) < 10 else 0))
    return found


@open_to(MEMBER)
@require_POST
@once
def decision_confirm(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Confirm what was recorded of a meeting, so that it takes effect."""
    proposal = proposal_of(request, slug, proposal_id)
    decision = visible_or_404(Decision.objects.filter(proposal=proposal))
    try:
        confirm_decision(decision=decision, by=request.user)
    except DecisionRefused as refusal:
        return proposal_page(request, proposal, refused=str(refusal))
    messages.success(request, _("Confirmed. The decision of the meeting has taken effect."))
    return redirect(address_of(proposal))


@open_to(MEMBER)
@require_POST
@once
def decision_discard(request: HttpRequest, slug: str, proposal_id: UUID) -> HttpResponse:
    """Take back what was recorded of a meeting and nobody has confirmed."""
    proposal = proposal_of(request, slug, proposal_id)
    decision = visible_or_404(Decision.objects.filter(proposal=proposal))
    discard_record(decision=decision, by=request.user)
    messages.success(request, _("The record was discarded. The proposal is open as before."))
    return redirect(address_of(proposal))
