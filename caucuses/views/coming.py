"""For facilitators: who asks to come in, and who is invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caucuses.actions.holding import hold_caucus
from caucuses.actions.inviting import invite, take_back
from caucuses.actions.joining import accept_request, decline_request
from caucuses.actions.refusing import Refused
from caucuses.choices import WhyNot
from caucuses.coming_forms import AnswerForm, InviteForm, TakeBackForm
from caucuses.entering import once_here, seated
from caucuses.limits import MOST_INVITED, count_this
from caucuses.models import Invitation, JoinRequest, Seat
from caucuses.permissions import can_facilitate, requests_visible_to
from caucuses.reading import opened
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require
from core.keptform import keeps


@open_to(MEMBER)
@require_GET
@seated
def coming_show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Requests, and the way to invite. Who is invited stands nowhere: that an address went from here would tell whose seat is whose."""
    require(can_facilitate(seat))
    return _page(request, seat)


@open_to(MEMBER)
@require_POST
@seated
@once_here
def request_accept(request: HttpRequest, seat: Seat, request_id: UUID) -> HttpResponse:
    """Let somebody in who asked."""
    require(can_facilitate(seat))
    try:
        accept_request(seat=seat, request_id=request_id)
    except Refused as refused:
        return _page(request, seat, refused=refused.why, status=409)
    messages.success(request, _("They can come in now, once they have accepted the agreement."))
    return redirect("caucuses:coming_show", seat.caucus_id)


@open_to(MEMBER)
@require_POST
@gives_back(of=JoinRequest)
@seated
@once_here
@keeps(AnswerForm)
def request_decline(request: HttpRequest, seat: Seat, request_id: UUID) -> HttpResponse:
    """Decline, with words to who asked."""
    require(can_facilitate(seat))
    form = AnswerForm(request.POST, auto_id=_auto_id(request_id))
    if not form.is_valid():
        return _page(request, seat, answers={request_id: form})
    try:
        decline_request(seat=seat, request_id=request_id, words=form.cleaned_data["words"])
    except Refused as refused:
        words = form.cleaned_data["words"]
        return _page(request, seat, refused=refused.why, unsent=words, status=409)
    messages.success(request, _("Your answer stands where they asked."))
    return redirect("caucuses:coming_show", seat.caucus_id)


@open_to(MEMBER)
@require_POST
@gives_back(of=Invitation)
@seated
@once_here
@keeps(InviteForm)
def invitation_make(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Invite an address: the same answer for every one."""
    require(can_facilitate(seat))
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, inviting=form)
    try:
        _invite(request, seat, form.cleaned_data)
    except Refused as refused:
        return _page(request, seat, inviting=form, refused=refused.why, status=409)
    messages.success(request, _("Done. If this address belongs to somebody here, they find the invitation at “Caucuses”; it is open for 14 days."))  # fmt: skip
    return redirect("caucuses:coming_show", seat.caucus_id)


@open_to(MEMBER)
@require_POST
@seated
@once_here
@keeps(TakeBackForm)
def invitation_take_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take an invitation back: the same answer for every address."""
    require(can_facilitate(seat))
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, taking_back=form)
    take_back(seat=seat, address=form.cleaned_data["address"])
    messages.success(request, _("Done. If an invitation of this room to that address was open, it is not any more. Nobody is told."))  # fmt: skip
    return redirect("caucuses:coming_show", seat.caucus_id)


@transaction.atomic
def _invite(request: HttpRequest, seat: Seat, given: dict[str, Any]) -> None:
    hold_caucus(seat)  # several forms at once wait for each other here
    count_this(request, whose=seat.pk, most=MOST_INVITED, otherwise=WhyNot.TOO_MANY_INVITED)
    invite(seat=seat, **given)


def _page(request: HttpRequest, seat: Seat, *, status: int = 200, **given: Any) -> HttpResponse:
    """The page. Given: `refused` and `unsent`; forms with errors: `inviting`, `taking_back`, `answers` (by request)."""
    answers: dict[UUID, AnswerForm] = given.pop("answers", {})
    context = {
        "seat": seat,
        "requests": [_asked(row, answers) for row in requests_visible_to(seat).order_by("asked_at", "pk")],
        "form": given.pop("inviting", None) or InviteForm(),
        "back": given.pop("taking_back", None) or TakeBackForm(),
        **given,
    }  # fmt: skip
    return render(request, "caucuses/coming_show.html", context, status=status)


def _asked(row: JoinRequest, answers: dict[UUID, AnswerForm]) -> dict[str, Any]:
    return {
        "row": row,
        "name": opened(row, "name"),
        "words": opened(row, "words"),
        "form": answers.get(row.pk) or AnswerForm(auto_id=_auto_id(row.pk)),
    }


def _auto_id(request_id: UUID) -> str:
    return f"decline-{request_id}-%s"
