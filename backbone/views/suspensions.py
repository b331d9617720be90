"""Closing a member's account: one asks for it with a reason, another confirms it, each of the team can stop it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.suspending import (
    NotInTime,
    can_propose_suspension,
    confirm_suspension,
    end_suspension,
    propose_suspension,
    suspensions_visible_to,
    withdraw_suspension,
)
from backbone.forms import DAY_HAS_COME, SuspensionForm
from backbone.views.people import member_of
from core.access import BACKBONE, acting_member, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps

CLOSED = gettext_lazy("The account is closed. They are told by mail, and read the reason when they sign in.")  # fmt: skip
CLOSED_AWAY = gettext_lazy("It is in force. They have left: only if they come back they are told, and find the account closed.")  # fmt: skip
OPENED = gettext_lazy("The account is open again. They are told by mail.")
OPENED_AWAY = gettext_lazy("It is over. They have left, so nobody was written to.")


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(SuspensionForm)
def suspension_propose(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Ask for a suspension. It closes nothing before another of the team confirms it."""
    member, by = member_of(request, member_id), acting_member(request)
    require(
        member.pk != by.pk, _("Nobody suspends themselves. Two others of the backbone team could.")
    )
    form = SuspensionForm(request.POST or None)
    is_taken = not can_propose_suspension(by, member)
    if request.method == "GET" or is_taken or not form.is_valid():
        context = {"member": member, "form": form, "is_taken": is_taken}
        status = 409 if is_taken and request.method == "POST" else 200
        return render(request, "backbone/suspension_propose.html", context, status=status)
    try:
        propose_suspension(member=member, **form.cleaned_data, by=by)
    except NotInTime:  # midnight came between
        form.add_error("until", DAY_HAS_COME)
        return render(request, "backbone/suspension_propose.html", {"member": member, "form": form})
    messages.success(request, _("Asked for. It is in force as soon as another of the backbone team confirms it; until then nobody else is told."))  # fmt: skip
    return redirect("backbone:person_show", member.pk)


@open_to(BACKBONE)
@require_POST
@once
@keeps(hidden=["act"])
def suspension_answer(request: HttpRequest, member_id: UUID, suspension_id: UUID) -> HttpResponse:
    """Confirm what another asked for; withdraw it, or open the account again."""
    member, by = member_of(request, member_id), acting_member(request)
    rows = suspensions_visible_to(by).exclude(member=by)
    suspension = visible_or_404(rows.filter(member=member), pk=suspension_id)
    act = request.POST.get("act")
    if act == "confirm":
        try:
            confirm_suspension(suspension=suspension, by=by)
            messages.success(request, _said(member, CLOSED, CLOSED_AWAY))
        except NotInTime:
            messages.warning(request, _("The day on which it would open again has come already, so nothing was closed. Withdraw it, and ask anew."))  # fmt: skip
    elif act == "withdraw":
        withdraw_suspension(suspension=suspension, by=by)
        messages.success(request, _("Withdrawn. Its reason is deleted, and nobody was told."))
    elif act == "end":
        end_suspension(suspension=suspension, by=by)
        messages.success(request, _said(member, OPENED, OPENED_AWAY))
    if act != "confirm" and _has_left(member):  # there is nothing to decide about them any more
        return redirect("backbone:people_list")
    return redirect("backbone:person_show", member.pk)


def _said(member: Any, here: Any, away: Any) -> str:
    """What was done, in other words of somebody who has left meanwhile."""
    return str(away if _has_left(member) else here)


def _has_left(member: Any) -> bool:
    return bool(member.has_left)
