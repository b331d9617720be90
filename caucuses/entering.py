"""What stands before every view inside a caucus: a seat, or the same 404 as for an address that never was.

    @open_to(MEMBER)
    @require_GET
    @seated
    def thread_show(request, seat, thread_id): ...

The seat comes first, instead of the caucus's id. Until its member has accepted the agreement in force, everything but
`@seated_before_agreeing` leads there; what a post held is kept on the page that says so. The same where the agreement changes, or
the seat goes, while the view acts: who was removed while they wrote gets their own words back, and nothing was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from caucuses.actions.holding import AgreementChanged
from caucuses.models import Seat
from caucuses.permissions import find_seat, fresh_parting
from caucuses.tokens import outside_stand_in
from core.access import acting_member
from core.idempotency import once_as
from core.keptform import kept_fields, kept_form

View = Callable[..., HttpResponse]


def seated(view: View) -> View:
    """Give the view the reader's seat, once they have accepted the agreement in force."""
    return _guarded(view, before_agreeing=False)


def seated_before_agreeing(view: View) -> View:
    """Give the view the reader's seat, also before they have accepted: for the agreement itself, and for leaving."""
    return _guarded(view, before_agreeing=True)


def seated_quietly(view: View) -> View:
    """As `seated`, for what a page asks for by itself: nobody is led anywhere, who has not accepted finds nothing."""

    @wraps(view)
    def quiet(request: HttpRequest, seat: Seat, *args: Any, **kwargs: Any) -> HttpResponse:
        if seat.must_accept:
            raise Http404
        return view(request, seat, *args, **kwargs)

    return seated_before_agreeing(quiet)


def _guarded(view: View, *, before_agreeing: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, caucus_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        seat, token = find_seat(request.user, caucus_id)
        if seat is None:
            return _without_seat(request, caucus_id, token)
        request.seat = seat  # type: ignore[attr-defined]
        if seat.must_accept and not before_agreeing:
            return _agreement_first(request, caucus_id)
        try:
            return view(request, seat, *args, **kwargs)
        except AgreementChanged:
            return _agreement_first(request, caucus_id)
        except (PermissionDenied, IntegrityError):
            if Seat.objects.filter(pk=seat.pk).exists():
                raise
            return _without_seat(request, caucus_id, token)

    return guarded


def _without_seat(request: HttpRequest, caucus_id: UUID, token: str) -> HttpResponse:
    """The usual 404, after the same question for everybody; for who was just removed the words that they sent."""
    parting = fresh_parting(caucus_id, token) if request.method == "POST" else None
    if parting is None or all(field.hidden for field in kept_fields(request)):
        raise Http404
    request.parting = parting  # type: ignore[attr-defined]
    response = kept_form(request, template="caucuses/removed_while_writing.html")
    response.status_code = 404
    return response


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
