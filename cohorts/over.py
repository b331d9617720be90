"""A cohort that is over: its page is read, and whoever still writes gets a sentence and back what they typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cohorts.actions import CohortIsOver
from cohorts.models import Cohort
from core.keptform import typed_fields


def over_page(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """The page (403) in the place of a form of this cohort, with what was typed; nothing of it is kept."""
    context = {"cohort": cohort, "typed": typed_fields(request)}
    return render(request, "cohorts/over_show.html", context, status=403)


def answers_over(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view that writes in a cohort: when it ended since the view looked, that page is the answer too."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except CohortIsOver as over:
            return over_page(request, over.cohort)

    return answered
