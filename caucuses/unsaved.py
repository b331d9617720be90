"""What was typed in a caucus comes back, whatever became of the place it was typed for: the room, the seat, the row, the role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed
from core.keptform import KeptField, kept_fields

View = Callable[..., HttpResponse]


def gives_back(*, of: Any, template: str = "caucuses/unsaved.html") -> Callable[[View], View]:
    """Answer with the typed text where the view would lose it. Stands above `@seated`; `of` is the model of what is sealed.

    404 for who has no seat (any more) and for what is not there: without text it is the one page that says nothing, and
    with text the same sentences stand above it for every id and everybody. 403 for who may not do this (any more); 503 where
    nothing can be sealed now. What a person typed, `@keeps` of the view tells. `template` takes typed, status and reason.
    """

    def give_back(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Http404:
                typed = _typed(request)
                if not typed:
                    raise Http404 from None
                return _page(request, template, typed, status=404)
            except PermissionDenied as refused:
                typed = _typed(request)
                if not typed:
                    raise
                return _page(request, template, typed, status=403, reason=str(refused))
            except (CannotOpen, KeyMissing, KeyDestroyed):
                if request.method != "POST":
                    raise
                could_not_open(of)
                return _page(request, template, _typed(request), status=503)

        return answer

    return give_back


def _typed(request: HttpRequest) -> list[KeptField]:
    if request.method != "POST":
        return []
    return [field for field in kept_fields(request) if not field.hidden]


def _page(
    request: HttpRequest,
    template: str,
    typed: list[KeptField],
    *,
    status: int,
    reason: str = "",
) -> HttpResponse:
    request.names_no_address = True  # type: ignore[attr-defined]  # see core.views.error_page
    seat = getattr(request, "seat", None) if status == 403 else None
    context = {"typed": typed, "status": status, "reason": reason, "seat": seat}
    return render(request, template, context, status=status)
