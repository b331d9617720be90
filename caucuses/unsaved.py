"""What was typed in a caucus comes back, whatever became of the place it was typed for: the room, the seat, the row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from caucuses.models import Seat
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.owners import KeyDestroyed

View = Callable[..., HttpResponse]


def gives_back(form_class: type[forms.Form], *, of: Any) -> Callable[[View], View]:
    """Answer with the typed text where the view would lose it. Stands above `@seated`; `of` is the model of what is sealed.

    404 for who has no seat (any more) and for what is not there: without text it is the one page that says nothing, and
    with text the same sentences stand above it for every id and everybody. 503 where nothing can be sealed now.
    """

    def give_back(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except (PermissionDenied, Http404) as problem:
                if isinstance(problem, PermissionDenied) and _still_sits(request):
                    raise
                typed = _typed(request, form_class)
                if not typed:
                    raise Http404 from None
                request.names_no_address = True  # type: ignore[attr-defined]  # see core.views.error_page
                return _page(request, typed, status=404)
            except (CannotOpen, KeyDestroyed):
                if request.method != "POST":
                    raise
                could_not_open(of)
                return _page(request, _typed(request, form_class), status=503)

        return answer

    return give_back


def _still_sits(request: HttpRequest) -> bool:
    """Whether the seat of the request is there: then what was refused is this act alone."""
    seat = getattr(request, "seat", None)
    return seat is not None and Seat.objects.filter(pk=seat.pk).exists()


def _typed(request: HttpRequest, form_class: type[forms.Form]) -> list[tuple[Any, str]]:
    """What a person typed, by the words above it."""
    if request.method != "POST":
        return []
    fields = [field for field in form_class(request.POST) if not field.is_hidden]
    values = [(field.label, str(field.value() or "")) for field in fields]
    return [(label, value) for label, value in values if value.strip()]


def _page(request: HttpRequest, typed: list[tuple[Any, str]], *, status: int) -> HttpResponse:
    context = {"typed": typed, "is_gone": status == 404}
    return render(request, "caucuses/unsaved.html", context, status=status)
