"""Changing the agreement: a member proposes, each says what they think."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caucuses.actions import (
    Decided,
    NothingChanges,
    NotThatOne,
    NotYourCohort,
    OneIsOpen,
    propose_change,
    take_stance,
    withdraw_proposal,
)
from caucuses.agreed import compared, in_force, opened, terms_in, wordings_of
from caucuses.agreement_forms import ProposalForm, StanceForm, current_values
from caucuses.choices import ProposalState, StanceKind
from caucuses.entering import once_here, seated
from caucuses.listed import DoorTaken
from caucuses.models import Agreement, Proposal, Seat, Stance
from caucuses.naming import name_of
from caucuses.permissions import (
    agreements_visible_to,
    can_withdraw_proposal,
    proposals_visible_to,
    stances_visible_to,
)
from caucuses.unsaved import gives_back
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Proposal)
@seated
@once_here
@keeps(ProposalForm)
def proposal_write(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write a proposal, from what is in force."""
    current = in_force(seat.caucus)
    form = _form(request, seat, current)
    if request.method == "GET" or not form.is_valid():
        return _writing(request, seat, form)
    given = form.cleaned_data
    try:
        proposal = propose_change(
            seat=seat,
            text=given["text"],
            terms=form.terms(),
            why=given["why"],
            changes=given["changes"],
        )
    except NotThatOne:
        return _writing(request, seat, form, newer=current)
    except OneIsOpen:
        return _writing(request, seat, form, is_open=True)
    except NothingChanges:
        form.add_error(None, _("This is what is in force already. Change a sentence or one of the terms first."))  # fmt: skip
    except DoorTaken as problem:
        form.add_error("name", str(problem))
    except NotYourCohort:
        form.add_error("cohort", _("Choose a cohort that you are in."))
    else:
        return _proposed(request, seat, proposal)
    return _writing(request, seat, form)


@open_to(MEMBER)
@require_GET
@seated
def proposal_show(request: HttpRequest, seat: Seat, proposal_id: UUID) -> HttpResponse:
    """What would change, why, and what others say."""
    proposal = _visible(seat, proposal_id)
    return _page(request, seat, proposal, StanceForm())


@open_to(MEMBER)
@require_POST
@gives_back(of=Stance)
@seated
@once_here
@keeps(StanceForm)
def proposal_answer(request: HttpRequest, seat: Seat, proposal_id: UUID) -> HttpResponse:
    """Agree or object; say something else later."""
    proposal = _visible(seat, proposal_id)
    form = StanceForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, proposal, form)
    kind = StanceKind(form.cleaned_data["kind"])
    try:
        take_stance(seat=seat, proposal=proposal, kind=kind, words=form.cleaned_data["words"])
    except Decided:
        return _page(request, seat, _visible(seat, proposal_id), form, was_decided=True)
    return _answered(request, seat, proposal)


@open_to(MEMBER)
@require_POST
@seated
@once_here
def proposal_withdraw(request: HttpRequest, seat: Seat, proposal_id: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    proposal = _visible(seat, proposal_id)
    try:
        withdraw_proposal(seat=seat, proposal=proposal)
    except Decided:
        messages.info(request, _("It was decided or taken back before. Nothing more happened."))
    else:
        messages.success(request, _("Taken back. The agreement stays as it is."))
    return redirect("caucuses:proposal_show", seat.caucus_id, proposal.pk)


def _visible(seat: Seat, proposal_id: UUID) -> Proposal:
    proposal = visible_or_404(proposals_visible_to(seat).select_related("seat"), pk=proposal_id)
    proposal.caucus = seat.caucus
    return proposal


def _form(request: HttpRequest, seat: Seat, current: Agreement) -> ProposalForm:
    terms = terms_in(current)
    member_id = acting_member(request).pk
    if request.method == "POST":
        return ProposalForm(request.POST, member_id=member_id, terms=terms)
    initial = current_values(seat, opened(current, "text"), terms)
    return ProposalForm(initial=initial, member_id=member_id, terms=terms)


def _writing(
    request: HttpRequest,
    seat: Seat,
    form: ProposalForm,
    *,
    newer: Agreement | None = None,
    is_open: bool = False,
) -> HttpResponse:
    """The form; beside what is in force now when that changed meanwhile, and with the way to one that is open."""
    proposal = Proposal.objects.filter(caucus=seat.caucus, state=ProposalState.OPEN).first()
    context: dict[str, Any] = {"seat": seat, "form": form, "open": proposal, "is_open": is_open}
    if newer is not None:
        context["newer"] = wordings_of(newer)[0]
        # Sent again, it is a proposal on this one.
        form.data = {**dict(form.data.items()), "changes": newer.number}
    status = 409 if newer or is_open else 200
    return render(request, "caucuses/proposal_write.html", context, status=status)


def _proposed(request: HttpRequest, seat: Seat, proposal: Proposal) -> HttpResponse:
    proposal.refresh_from_db(fields=["state"])
    if proposal.state == ProposalState.ADOPTED:
        return _adopted(request, seat)
    messages.success(request, _("Proposed. Everybody in the room reads it now."))
    return redirect("caucuses:proposal_show", seat.caucus_id, proposal.pk)


def _answered(request: HttpRequest, seat: Seat, proposal: Proposal) -> HttpResponse:
    proposal.refresh_from_db(fields=["state"])
    if proposal.state == ProposalState.ADOPTED:
        return _adopted(request, seat)
    messages.success(request, _("The room reads what you say. You can change it until it is decided."))  # fmt: skip
    return redirect("caucuses:proposal_show", seat.caucus_id, proposal.pk)


def _adopted(request: HttpRequest, seat: Seat) -> HttpResponse:
    messages.success(request, _("Everybody agrees, so it is in force. Accept it once more, as the others do."))  # fmt: skip
    return redirect("caucuses:agreement_show", seat.caucus_id)


def _page(
    request: HttpRequest,
    seat: Seat,
    proposal: Proposal,
    form: StanceForm,
    *,
    was_decided: bool = False,
) -> HttpResponse:
    base = agreements_visible_to(seat).filter(number=proposal.changes).first()
    wording, *old = wordings_of(proposal, *([base] if base else []))
    rows = stances_visible_to(seat).filter(proposal=proposal).select_related("seat")
    stances: list[Stance] = list(rows.order_by("at", "pk"))
    context: dict[str, Any] = {
        "seat": seat,
        "proposal": proposal,
        "why": opened(proposal, "why"),
        "wording": wording,
        "comparison": compared(old[0], wording) if old else None,
        "by": name_of(proposal.seat),
        "stances": [(name_of(row.seat), row, opened(row, "words")) for row in stances],
        "mine": next((stance for stance in stances if stance.seat_id == seat.pk), None),
        "is_open": proposal.state == ProposalState.OPEN,
        "can_withdraw": can_withdraw_proposal(seat, proposal),
        "form": form,
        "was_decided": was_decided,
    }
    status = 409 if was_decided else 200
    return render(request, "caucuses/proposal_show.html", context, status=status)
