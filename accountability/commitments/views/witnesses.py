"""Asking people by name to be witnesses, and answering when one is asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.commitments.actions import (
    NotPossible,
    accept_witnessing,
    invite_witness,
    leave_witnessing,
    read_wording,
    remove_witness,
)
from accountability.commitments.forms import PersonForm
from accountability.commitments.permissions import (
    witnesses_shown_to,
    witnesses_to_ask,
    witnessing_of,
)
from accountability.commitments.views.pages import own
from core.access import MEMBER, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(hidden=["member"])
def commitment_witnesses(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Who witnesses it, whom one can ask, and the way to ask."""
    row = own(request, commitment_id)
    people = witnesses_to_ask(request.user, row)
    label = _("Somebody from your cohorts")
    form = PersonForm(request.POST or None, people=people, label=label)
    if request.method == "POST" and form.is_valid():
        try:
            invite_witness(by=request.user, commitment=row, member=form.chosen)
        except NotPossible:  # they said no, or left, in this moment
            form.add_error("member", form.fields["member"].error_messages["invalid_choice"])
        else:
            messages.success(request, _("Asked. They read it when they have said yes."))
            return redirect("commitments:commitment_witnesses", row.pk)
    context = {
        "row": row,
        "form": form,
        "people": people,
        "witnesses": witnesses_shown_to(request.user, row),
    }
    return render(request, "commitments/commitment_witnesses.html", context)


@open_to(MEMBER)
@require_POST
@once
def witness_remove(request: HttpRequest, commitment_id: UUID, witness_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    row = own(request, commitment_id)
    witness = visible_or_404(witnesses_shown_to(request.user, row), pk=witness_id)
    remove_witness(by=request.user, witness=witness)
    messages.success(request, _("They do not read it any more. Nobody was told."))
    return redirect("commitments:commitment_witnesses", row.pk)


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["act", "version"])
def witness_answer(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """One's own answer: yes, no or no longer, or that one has read the new wording."""
    witness = visible_or_404(witnessing_of(request.user), commitment=commitment_id)
    act = request.POST.get("act", "")
    if act == "leave":
        leave_witnessing(by=request.user, witness=witness)
        messages.success(request, _("Done. You are no witness of it, and nobody was told."))
        return redirect("commitments:commitment_list")
    if act == "accept":
        accept_witnessing(by=request.user, witness=witness)
        messages.success(request, _("You are a witness now. You can leave at any time."))
    elif act == "read":
        read_wording(by=request.user, witness=witness, version=_number(request))
    return redirect("commitments:commitment_show", commitment_id)


def _number(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
