"""The first page of the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import BACKBONE, open_to


@open_to(BACKBONE)
@require_GET
def desk_show(request: HttpRequest) -> HttpResponse:
    """What the desk has so far."""
    return render(request, "backbone/desk_show.html")
