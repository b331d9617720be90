"""What stands before every view inside a caucus: a seat, or the same 404 as for an address that never was.

    @open_to(MEMBER)
    @require_GET
    @seated
    def thread_show(request, seat, thread_id): ...

The seat comes first, instead of the caucus's id. Until its member has accepted the agreement in force, everything but
`@seated_before_agreeing` leads there; what a post held is kept on the page that says so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from caucuses.permissions import seat_in
from caucuses.tokens import outside_stand_in
from core.access import acting_member
from core.idempotency import once_as
from core.keptform import kept_form

View = Callable[..., HttpResponse]


def seated(view: View) -> View:
    """Give the view the reader's seat, once they have accepted the agreement in force."""
    return _guarded(view, before_agreeing=False)


def seated_before_agreeing(view: View) -> View:
    """Give the view the reader's seat, also before they have accepted: for the agreement itself, and for leaving."""
    return _guarded(view, before_agreeing=True)


def _guarded(view: View, *, before_agreeing: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, caucus_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        seat = seat_in(request.user, caucus_id)
        if seat is None:
            raise Http404
        request.seat = seat  # type: ignore[attr-defined]
        if seat.must_accept and not before_agreeing:
            return _agreement_first(request, caucus_id)
        return view(request, seat, *args, **kwargs)

    return guarded


def _agreement_first(request: HttpRequest, caucus_id: UUID) -> HttpResponse:
    if request.method == "POST":
        return kept_form(request, template="caucuses/agreement_first.html")
    return redirect("caucuses:agreement_show", caucus_id)


def _seat(request: HttpRequest) -> UUID:
    seat: UUID = request.seat.pk  # type: ignore[attr-defined]
    return seat


def stand_in(request: HttpRequest) -> UUID:
    """A keyed stand-in for the member where they have no seat: what is kept of a form must not name them."""
    return outside_stand_in(acting_member(request).pk)


#: `core.idempotency.once` for views under `@seated`: what is kept for a day names the seat. Stands below it.
once_here = once_as(_seat)
#: The same for views of somebody without a seat.
once_outside = once_as(stand_in)
