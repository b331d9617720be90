"""A cohort that is over: its page is read, and whoever still writes gets a sentence and back what they typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cohorts.models import Cohort


def over_page(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """The page (403) in the place of a form of this cohort, with the text that was posted; nothing of it is kept."""
    context = {"cohort": cohort, "typed": request.POST.get("text", "")}
    return render(request, "cohorts/over_show.html", context, status=403)
