"""Who to turn to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.access import ANYONE, open_to


@open_to(ANYONE)
@require_GET
def help_show(request: HttpRequest) -> HttpResponse:
    """Help now: the initiative's help lines and its contact."""
    return render(request, "care/help_show.html")
