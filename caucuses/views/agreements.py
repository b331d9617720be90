"""The agreement of a room: it stands before everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caucuses.entering import seated_before_agreeing
from caucuses.models import Agreement, Seat
from core.access import MEMBER, open_to


@open_to(MEMBER)
@require_GET
@seated_before_agreeing
def agreement_show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The agreement in force."""
    agreement = Agreement.objects.get(caucus=seat.caucus, number=seat.caucus.agreement)
    return render(request, "caucuses/agreement_show.html", {"seat": seat, "agreement": agreement})
