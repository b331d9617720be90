"""A member's record of finished lessons, for the member alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core.access import MEMBER, acting_member, open_to
from curriculum.outline import outline_for
from curriculum.paper import pdf
from curriculum.paper.forms import RecordForm
from curriculum.paper.record import Finished, finished_by, record_of


@open_to(MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def record_show(request: HttpRequest) -> HttpResponse:
    """The record with the name and the modules that were chosen; at first all modules, and the name of the profile."""
    finished = finished_by(request.user, outline_for(request.user, request))
    return show_record(request, finished, record_form(request, finished))


def show_record(request: HttpRequest, finished: Finished, form: RecordForm) -> HttpResponse:
    """The page, stored nowhere."""
    context = {
        "form": form,
        "finished": finished,
        "record": record_of(finished, **_chosen(form)),
        "pdf": pdf.is_possible(),
    }
    answer = render(request, "curriculum/paper/record_show.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def record_form(request: HttpRequest, finished: Finished) -> RecordForm:
    """The form as it was sent, or as it is at first."""
    first = {
        "name": acting_member(request).chosen_name,
        "modules": [module.page_id for module in finished.modules],
    }
    sent = request.POST if request.method == "POST" else None
    return RecordForm(sent, initial=first, modules=finished.modules)


def _chosen(form: RecordForm) -> dict[str, Any]:
    if form.is_bound and form.is_valid():
        return {"name": form.cleaned_data["name"], "chosen": form.cleaned_data["modules"]}
    return {"name": form.initial["name"], "chosen": form.initial["modules"]}
