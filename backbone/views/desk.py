"""The first page of the desk. What stands on it is offered at two doors, so that each part of the site brings its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import doors
from core.access import BACKBONE, open_to


@open_to(BACKBONE)
@require_GET
def desk_show(request: HttpRequest) -> HttpResponse:
    """What needs attention today, and the ways to everything that the backbone team runs."""
    waiting = doors.ask("desk_attention", request=request)
    return render(request, "backbone/desk_show.html", {"waiting": waiting})
