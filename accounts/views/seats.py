"""The member's answer to a seat that is offered to them. The offer itself stands on `/account/` and on Today."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import accept_seat, decline_seat
from accounts.permissions import seats_of
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once


@open_to(MEMBER)
@require_POST
@once
def seat_accept(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Take the seat."""
    member = acting_member(request)
    seat = accept_seat(seat=visible_or_404(seats_of(member), pk=seat_id), by=member)
    words = _("You have taken your seat in %(body)s. Members can see now that you hold one.")
    messages.success(request, words % {"body": seat.body})
    return redirect("accounts:account_show")


@open_to(MEMBER)
@require_POST
@once
def seat_decline(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Leave the seat to others."""
    member = acting_member(request)
    seat = decline_seat(seat=visible_or_404(seats_of(member), pk=seat_id), by=member)
    words = _("You have declined the seat in %(body)s. Only you and the backbone team know.")
    messages.success(request, words % {"body": seat.body})
    return redirect("accounts:account_show")
