"""The member's own page about buddies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import MEMBER, open_to


@open_to(MEMBER)
@require_GET
def buddy_show(request: HttpRequest) -> HttpResponse:
    """My pair, or the ways to find a buddy."""
    return render(request, "buddies/buddy_show.html")
