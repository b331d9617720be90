"""The pages that say who can see what, and what is kept how long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.positions import POSITIONS
from accounts.privacy_page import audiences
from accounts.telling_page import parts
from core import register
from core.access import ANYONE, open_to


@open_to(ANYONE)
@require_GET
def privacy_show(request: HttpRequest) -> HttpResponse:
    """Who can see what: each kind of content, as the apps tell of it."""
    context = {"parts": parts(), "positions": POSITIONS}
    return render(request, "accounts/privacy_show.html", context)


@open_to(ANYONE)
@require_GET
def privacy_parts(request: HttpRequest) -> HttpResponse:
    """Every field with its audience: made from the same declarations that the tests hold."""
    return render(request, "accounts/privacy_parts.html", {"models": audiences()})


@open_to(ANYONE)
@require_GET
def retention_show(request: HttpRequest) -> HttpResponse:
    """What is kept how long."""
    rows = [row for holding in register.holdings() for row in holding.retention]
    return render(request, "accounts/retention_show.html", {"rows": rows})
