"""Asking somebody, and answering."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accountability.buddies.actions import (
    Refused,
    accept_request,
    ask_by_address,
    ask_listed,
    decline_request,
    set_openness,
    withdraw_request,
)
from accountability.buddies.choices import LAPSES_AFTER, RequestState, WhyNot
from accountability.buddies.forms import AddressForm, ListedForm
from accountability.buddies.models import Request
from accountability.buddies.permissions import (
    members_askable_by,
    requests_visible_to,
    words_readable_by,
)
from accountability.buddies.reading import request_opened
from accountability.buddies.views.page import buddy_page
from accounts import limits
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_POST
def openness_set(request: HttpRequest) -> HttpResponse:
    """Turn the switch. It says which way, so that a second press of the same button changes nothing."""
    is_open = request.POST.get("open") == "yes"
    set_openness(is_open=is_open, by=acting_member(request))
    said = _("People of your cohorts can ask you now.") if is_open else _("Nobody finds you in the list now.")  # fmt: skip
    messages.success(request, said)
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_POST
@once
@keeps(ListedForm, hidden=["member"])
def request_ask(request: HttpRequest) -> HttpResponse:
    """Ask somebody of the list."""
    form, member = ListedForm(request.POST, auto_id="listed_%s"), acting_member(request)
    if not form.is_valid():
        return buddy_page(request, listed=form)
    words = form.cleaned_data["words"]
    try:
        _count(request)
        other = members_askable_by(member).filter(pk=form.cleaned_data["member"]).first()
        if other is None:
            raise Refused(WhyNot.NOT_NOW)
        ask_listed(member=other, words=words, by=member)
    except Refused as refused:
        return buddy_page(request, listed=form, refused=refused.why, unsent=words, status=409)
    messages.success(request, _("They have your request. You get a notice when they answer."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_POST
@once
@keeps(AddressForm)
def request_ask_by_address(request: HttpRequest) -> HttpResponse:
    """Ask by address: the same answer and the same work, whoever it belongs to."""
    form = AddressForm(request.POST, auto_id="address_%s")
    if not form.is_valid():
        return buddy_page(request, by_address=form)
    address, words = form.cleaned_data["address"], form.cleaned_data["words"]
    try:
        _count(request)
        ask_by_address(address=address, words=words, by=acting_member(request))
    except Refused as refused:
        return buddy_page(request, by_address=form, refused=refused.why, unsent=words, status=409)
    messages.success(request, _("If this person is a member, they have your request."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_GET
def request_show(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, for who asked and for who is asked: each sees their own side of it."""
    row = _request(request, request_id)
    state, is_mine = RequestState(row.state), row.by_id == acting_member(request).pk
    context = {
        "shown": request_opened(row),
        "is_mine": is_mine,
        "is_open": state is RequestState.OPEN,
        "has_words": row.has_words,
        "lapses_at": row.asked_at + LAPSES_AFTER,
    }
    return render(request, "buddies/request_show.html", context)


@open_to(MEMBER)
@require_POST
@once
def request_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    row = visible_or_404(Request.objects.filter(by=acting_member(request)), pk=request_id)
    try:
        withdraw_request(request=row, by=acting_member(request))
    except Refused as refused:
        messages.warning(request, refused.why.label)
    else:
        messages.success(request, _("Your request is taken back. You can ask somebody else."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_POST
@once
def request_accept(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say yes."""
    row = _to_me(request, request_id)
    try:
        accept_request(request=row, by=acting_member(request))
    except Refused as refused:
        messages.warning(request, refused.why.label)
    else:
        messages.success(request, _("You are a pair now. They are told that you said yes."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_POST
@once
def request_decline(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say no, without a reason."""
    row = _to_me(request, request_id)
    try:
        decline_request(request=row, by=acting_member(request))
    except Refused as refused:
        messages.warning(request, refused.why.label)
    else:
        messages.success(request, _("Done. They are told that it did not come about, and no more."))
    return redirect("buddies:buddy_show")


def _request(request: HttpRequest, request_id: UUID) -> Any:
    member = acting_member(request)
    rows = requests_visible_to(member).annotate(has_words=words_readable_by(member))
    return visible_or_404(rows.select_related("by__organization"), pk=request_id)


def _to_me(request: HttpRequest, request_id: UUID) -> Request:
    rows = Request.objects.reaching(acting_member(request)).select_related("by")
    return visible_or_404(rows, pk=request_id)


def _count(request: HttpRequest) -> None:
    if not limits.allows(request, "ask_buddy"):
        raise Refused(WhyNot.TOO_MANY)
