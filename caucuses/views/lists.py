"""The caucuses that a member may know of, and what waits for them: one page, the same for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caucuses.choices import WhyNot
from caucuses.standing import standings_of
from core.access import MEMBER, acting_member, open_to


@open_to(MEMBER)
@require_GET
def caucus_list(request: HttpRequest) -> HttpResponse:
    """One's own caucuses, what waits, and listed doors."""
    return list_page(request)


def list_page(
    request: HttpRequest, *, refused: WhyNot | None = None, status: int = 200
) -> HttpResponse:
    """The page, with why something was not done."""
    context = {"standings": standings_of(acting_member(request)), "refused": refused}
    return render(request, "caucuses/caucus_list.html", context, status=status)
