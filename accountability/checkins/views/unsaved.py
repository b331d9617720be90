"""What was typed comes back, whatever became of the place it was typed for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accountability.checkins.actions import Gone
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.owners import KeyDestroyed

View = Callable[..., HttpResponse]


def gives_back(form_class: type[forms.Form], *, of: Any) -> Callable[[View], View]:
    """Answer with the typed text where the view would lose it. `of` is the model of which a row would have been sealed.

    404 where the page is not there any more: without text it is the one page that says nothing, and with text the same
    sentences stand above it for every id. 503 where nothing can be sealed now.
    """

    def give_back(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except (Gone, Http404):
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


def says_when_gone(view: View) -> View:
    """For buttons without text: a sentence, and the page about buddies, where what it was pressed for is not there any more."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Gone:
            return went(request)

    return answer


def went(request: HttpRequest) -> HttpResponse:
    """The sentence, on the page about buddies."""
    messages.info(
        request, _("This is not there any more: it has ended meanwhile. Nothing was changed.")
    )
    return redirect("buddies:buddy_show")


def _typed(request: HttpRequest, form_class: type[forms.Form]) -> list[tuple[Any, str]]:
    """What a person typed, by the words above it."""
    if request.method != "POST":
        return []
    fields = [field for field in form_class(request.POST) if not field.is_hidden]
    values = [(field.label, str(field.value() or "")) for field in fields]
    return [(label, value) for label, value in values if value.strip()]


def _page(request: HttpRequest, typed: list[tuple[Any, str]], *, status: int) -> HttpResponse:
    context = {"typed": typed, "is_gone": status == 404}
    return render(request, "checkins/unsaved.html", context, status=status)
