"""What was typed comes back, whatever became meanwhile of the meeting or of the right to change it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from core.keptform import kept_fields, kept_form

View = Callable[..., HttpResponse]


def gives_back(view: View) -> View:
    """Answer with the typed words where the view has no place for them any more; the same page for every such case.

    Stands below `@keeps`, whose form tells what a person typed. Without words it is the 404 or 403 of the view.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            if request.method != "POST" or all(field.hidden for field in kept_fields(request)):
                raise
            return kept_form(request, template="meetings/unsaved.html")

    return answer
