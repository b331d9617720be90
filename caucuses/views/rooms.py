"""The room itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caucuses.entering import seated
from caucuses.models import Seat
from core.access import MEMBER, open_to


@open_to(MEMBER)
@require_GET
@seated
def room_show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The first page inside."""
    return render(request, "caucuses/room_show.html", {"seat": seat})
