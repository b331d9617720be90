"""What it means that a caucus is closed: what is sealed, who could still learn what, and where the keys live."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import MEMBER, open_to


@open_to(MEMBER)
@require_GET
def meaning_show(request: HttpRequest) -> HttpResponse:
    """The truth about it, for every member alike."""
    return render(request, "caucuses/meaning_show.html")
