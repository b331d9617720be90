"""A match: who was found and what fits, yes or no. Whoever is not in it gets the same 404 as for an unknown one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accountability.matching.actions import NoLongerPossible, accept_match, decline_match
from accountability.matching.models import MatchSeat
from accountability.matching.permissions import answers_visible_to, seats_visible_to
from accountability.matching.reading import Beside, others_of
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen


@open_to(MEMBER)
@require_GET
def match_show(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Who was found for me, and what we have in common; when it is over, how to go on."""
    seat = _own(request, seat_id)
    others: list[Beside] | None = []
    if seat.is_under_way:
        try:
            others = others_of(seat)
        except CannotOpen:
            could_not_open(seat)
            others = None
    context = {"seat": seat, "others": others, "answers": answers_visible_to(request.user).first()}
    return render(request, "matching/match_show.html", context)


@open_to(MEMBER)
@require_POST
def match_accept(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Say yes. When all have, we are buddies."""
    seat = _own(request, seat_id)
    try:
        are_buddies = accept_match(by=acting_member(request), seat=seat)
    except NoLongerPossible:
        messages.info(request, _("This match can no longer come about. Nothing else has changed."))
        return redirect("matching:match_show", seat.pk)
    if are_buddies:
        messages.success(request, _("You are buddies now."))
        return redirect("buddies:buddy_show")
    messages.success(request, _("You have said yes. You are told what becomes of it."))
    return redirect("matching:match_show", seat.pk)


@open_to(MEMBER)
@require_POST
def match_decline(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Say no, without a reason."""
    seat = _own(request, seat_id)
    try:
        decline_match(by=acting_member(request), seat=seat)
    except NoLongerPossible:
        messages.info(request, _("You are buddies already. You can end that at any time, here."))
        return redirect("buddies:buddy_show")
    messages.success(request, _("You have said no. It is not said who did."))
    return redirect("matching:match_show", seat.pk)


def _own(request: HttpRequest, seat_id: UUID) -> MatchSeat:
    return visible_or_404(seats_visible_to(request.user), pk=seat_id)
