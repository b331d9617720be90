"""What was typed comes back, whatever became of the place it was typed for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from caucuses.bringback.actions import Gone
from caucuses.bringback.keys import SHUT
from core.crypto.alerts import could_not_open

View = Callable[..., HttpResponse]


def gives_back(form_class: type[forms.Form], *, of: Any) -> Callable[[View], View]:
    """Answer with the typed text where the view would lose it. `of` is the model of which a row would have been written.

    404 where what it was typed for is not there any more, for every id alike; 403 where one may not (any more); 503 where
    nothing can be sealed now. Without typed text it is the page that everybody gets.
    """

    def give_back(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except (Gone, Http404):
                problem, status = Http404(), 404
            except PermissionDenied as refused:
                problem, status = refused, 403  # type: ignore[assignment]
            except SHUT as shut:
                could_not_open(of)
                problem, status = shut, 503  # type: ignore[assignment]
            typed = _typed(request, form_class)
            if not typed:
                raise problem
            request.names_no_address = True  # type: ignore[attr-defined]  # see core.views.error_page
            context = {"typed": typed, "status": status}
            return render(request, "bringback/unsaved.html", context, status=status)

        return answer

    return give_back


def _typed(request: HttpRequest, form_class: type[forms.Form]) -> list[tuple[Any, str]]:
    """What a person typed, by the words above it."""
    if request.method != "POST":
        return []
    fields = ((name, field) for name, field in form_class.base_fields.items())
    typed = [
        (field.label, request.POST.get(name, ""))
        for name, field in fields
        if isinstance(field.widget, forms.Textarea)
    ]
    return [(label, text) for label, text in typed if text.strip()]
