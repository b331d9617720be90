"""What the pair agrees on: reading, writing, confirming, taking back, and how to reach each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accountability.buddies.actions import (
    Conflict,
    NotWaiting,
    PairEnded,
    confirm_agreement,
    propose_agreement,
    set_contact,
    take_back_agreement,
)
from accountability.buddies.choices import AgreementState
from accountability.buddies.forms import AgreementForm, ContactForm
from accountability.buddies.models import Agreement, Pair, Place
from accountability.buddies.permissions import agreements_visible_to, can_write_in_pair
from accountability.buddies.reading import owners_ready, shared_of, version_of
from accountability.buddies.views.page import ENDED, pair_of
from core.access import MEMBER, acting_member, open_to, require
from core.idempotency import once
from core.keptform import keeps

_CURRENT = (AgreementState.IN_FORCE, AgreementState.PROPOSED)


@open_to(MEMBER)
@require_GET
def agreement_show(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """The text in force, the one that is proposed, and those before."""
    return _agreement_page(request, pair_of(request, pair_id))


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(AgreementForm, hidden=["seen"])
def agreement_write(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Write what to agree on, or propose a change: it begins with the newest text."""
    pair, member = pair_of(request, pair_id), acting_member(request)
    if request.method == "GET":
        require(can_write_in_pair(member, pair), _("This pair has ended. You can read what you agreed on."))  # fmt: skip
        newest = _newest(pair, member)
        form = AgreementForm.beginning(newest, newest.pk if newest else None, by=member)
        return _write_page(request, pair, form)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return _write_page(request, pair, form)
    try:
        propose_agreement(pair=pair, terms=form.terms(), seen=form.cleaned_data["seen"], by=member)
    except Conflict as conflict:
        return _conflict_page(request, pair, form, conflict.newest)
    except PairEnded:
        return _write_page(request, pair, form, ended=True, status=409)
    messages.success(request, _("Your text is there for the others to read. It counts when all of you have confirmed it."))  # fmt: skip
    return redirect("buddies:agreement_show", pair.pk)


@open_to(MEMBER)
@require_POST
@once
def agreement_confirm(request: HttpRequest, pair_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Say yes to the proposed text."""
    pair = pair_of(request, pair_id)
    try:
        agreement = confirm_agreement(pair=pair, agreement_id=agreement_id, by=acting_member(request))  # fmt: skip
    except NotWaiting:
        messages.warning(request, _("This text was changed or taken back meanwhile. Nothing was confirmed: read what stands here now."))  # fmt: skip
    except PairEnded:
        messages.warning(request, ENDED)
    else:
        in_force = agreement.state == AgreementState.IN_FORCE
        said = _("Your agreement is in force.") if in_force else _("You have confirmed it. It counts when all of you have.")  # fmt: skip
        messages.success(request, said)
    return redirect("buddies:agreement_show", pair.pk)


@open_to(MEMBER)
@require_POST
@once
def agreement_take_back(request: HttpRequest, pair_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Take one's own proposal back: it is deleted."""
    pair = pair_of(request, pair_id)
    try:
        take_back_agreement(pair=pair, agreement_id=agreement_id, by=acting_member(request))
    except NotWaiting:
        messages.warning(request, _("This text does not wait any more, so it was not taken back. Read what stands here now."))  # fmt: skip
    except PairEnded:
        messages.warning(request, ENDED)
    else:
        messages.success(request, _("Your text is taken back and deleted."))
    return redirect("buddies:agreement_show", pair.pk)


@open_to(MEMBER)
@require_POST
@once
@keeps(ContactForm)
def contact_set(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """Say how the others reach me."""
    pair, form = pair_of(request, pair_id), ContactForm(request.POST)
    if not form.is_valid():
        return _agreement_page(request, pair, contact_form=form)
    try:
        set_contact(pair=pair, contact=form.cleaned_data["contact"], by=acting_member(request))
    except PairEnded:
        return _agreement_page(request, pair, contact_form=form, ended=True, status=409)
    messages.success(request, _("Saved. Your pair alone sees it."))
    return redirect("buddies:agreement_show", pair.pk)


def _agreement_page(
    request: HttpRequest,
    pair: Pair,
    *,
    contact_form: ContactForm | None = None,
    ended: bool = False,
    status: int = 200,
) -> HttpResponse:
    member = acting_member(request)
    place = Place.objects.select_related("pair").get(pair=pair, member=member)
    shared = shared_of(place, member)
    texts = list(agreements_visible_to(member).filter(pair=pair).for_page())
    current = {text.state: version_of(text) for text in texts if text.state in _CURRENT}
    context = {
        "shared": shared,
        "in_force": current.get(AgreementState.IN_FORCE),
        "proposal": current.get(AgreementState.PROPOSED),
        "earlier": [version_of(text) for text in texts if text.state not in _CURRENT],
        "contact_form": contact_form or ContactForm(initial={"contact": shared.mine.contact or ""}),
        "ended": ended,
    }
    return render(request, "buddies/agreement_show.html", context, status=status)


def _write_page(
    request: HttpRequest, pair: Pair, form: AgreementForm, *, ended: bool = False, status: int = 200
) -> HttpResponse:
    context = {"pair": pair, "form": form, "ended": ended}
    return render(request, "buddies/agreement_write.html", context, status=status)


def _conflict_page(
    request: HttpRequest, pair: Pair, form: AgreementForm, newest: Agreement | None
) -> HttpResponse:
    """Both texts; what was typed goes on from the newest one."""
    typed = {**form.cleaned_data, "seen": newest.pk if newest else None}
    context: dict[str, Any] = {
        "pair": pair,
        "form": AgreementForm(initial=typed),
        "newest": version_of(newest) if newest else None,
    }
    return render(request, "buddies/agreement_conflict.html", context, status=409)


def _newest(pair: Pair, member: Any) -> Agreement | None:
    owners_ready(pair)
    return agreements_visible_to(member).filter(pair=pair).order_by("-number").first()
