"""The caucuses that a member may know of."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caucuses.permissions import seats_of
from core.access import MEMBER, open_to


@open_to(MEMBER)
@require_GET
def caucus_list(request: HttpRequest) -> HttpResponse:
    """One's own caucuses."""
    return render(request, "caucuses/caucus_list.html", {"seats": seats_of(request.user)})
