"""A pulse, for everybody in the cohort alike: answering it, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backbone.insights.showing import csv_of, json_of
from backbone.pulse.actions import NotAsked, PulseIsClosed, answer_pulse
from backbone.pulse.forms import AnswerForm
from backbone.pulse.models import Pulse
from backbone.pulse.permissions import (
    can_answer_pulse,
    can_close_pulse,
    can_open_pulse,
    cohorts_with_pulse_for,
    pulses_visible_to,
)
from backbone.pulse.reading import where_it_stands
from backbone.pulse.showing import Shown, lines_of, reasons_of, results_of
from cohorts.models import Cohort
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(hidden=["answer_*", "pulse"])
def pulse_show(request: HttpRequest, slug: str) -> HttpResponse:
    """The open pulse and how to answer it, once; and the results of earlier ones.

    Without `@once`: that keeps for a day a mark of what a form was sent with. The list of who has answered does the same here.
    """
    cohort = cohort_with_pulse(request, slug)
    pulse = cohort.pulses.open().select_related("cohort").first()  # type: ignore[attr-defined]
    if request.method == "GET":
        return _page(request, cohort, pulse)
    if pulse is None or not can_answer_pulse(request.user, pulse) or not _is_of(request, pulse):
        return _page(request, cohort, pulse, refused=True)
    form = AnswerForm(pulse, request.POST)
    if not form.is_valid():
        return _page(request, cohort, pulse, form=form)
    try:
        is_in = answer_pulse(pulse=pulse, choices=form.choices, by=acting_member(request))
    except (PulseIsClosed, NotAsked):
        return _page(request, cohort, pulse, refused=True)
    except (CannotOpen, KeyMissing, KeyDestroyed):
        return _page(request, cohort, pulse, form=form, broken=True)
    if is_in:
        messages.success(request, _("Thank you. Your answers are in, and nobody can tell that they are yours."))  # fmt: skip
    else:
        messages.info(request, _("You had answered already. What you sent first counts."))
    return redirect("pulse:pulse_show", slug)


@open_to(MEMBER)
@require_GET
def result_show(request: HttpRequest, slug: str, pulse_id: UUID) -> HttpResponse:
    """What came of a pulse that is closed."""
    pulse, results = _found(request, slug, pulse_id)
    context = {"cohort": pulse.cohort, "pulse": pulse, "results": results, "reasons": reasons_of(results)}  # fmt: skip
    return render(request, "backbone/pulse/result_show.html", context)


@open_to(MEMBER)
@require_GET
def result_csv(request: HttpRequest, slug: str, pulse_id: UUID) -> HttpResponse:
    """The same lines for a spreadsheet."""
    _pulse, results = _found(request, slug, pulse_id)
    text = csv_of(lines_of(results))
    return HttpResponse(text, content_type="text/csv; charset=utf-8; header=present")


@open_to(MEMBER)
@require_GET
def result_json(request: HttpRequest, slug: str, pulse_id: UUID) -> HttpResponse:
    """The same lines for a program."""
    _pulse, results = _found(request, slug, pulse_id)
    return JsonResponse(json_of(lines_of(results)), safe=False)


def _is_of(request: HttpRequest, pulse: Pulse) -> bool:
    """Whether the form was that of this pulse, and not one of an earlier pulse that stayed open in a tab."""
    return request.POST.get("pulse", str(pulse.pk)) == str(pulse.pk)


def cohort_with_pulse(request: HttpRequest, slug: str) -> Cohort:
    """The cohort of this short name; 404 for who may not know of its pulses."""
    return visible_or_404(cohorts_with_pulse_for(request.user), slug=slug)


def _found(request: HttpRequest, slug: str, pulse_id: UUID) -> tuple[Pulse, list[Shown]]:
    """A closed pulse; an open one has no result at any address."""
    rows = pulses_visible_to(request.user).filter(closed_on__isnull=False, cohort__slug=slug)
    pulse = visible_or_404(rows.select_related("cohort"), pk=pulse_id)
    return pulse, results_of(pulse)


def _page(
    request: HttpRequest,
    cohort: Cohort,
    pulse: Pulse | None,
    *,
    form: AnswerForm | None = None,
    refused: bool = False,
    broken: bool = False,
) -> HttpResponse:
    """Where it stands for this reader. What is refused says why, and that nothing was kept."""
    where = where_it_stands(pulse, request.user)
    context: dict[str, Any] = {
        "cohort": cohort,
        "pulse": pulse,
        "where": where,
        "form": form or (AnswerForm(pulse) if pulse else None),
        "refused": refused and where != "answered",
        "broken": broken,
        "can_open": pulse is None and can_open_pulse(request.user, cohort),
        "can_close": pulse is not None and can_close_pulse(request.user, pulse),
        "closed": cohort.pulses.filter(closed_on__isnull=False).order_by("-closed_on", "pk"),
    }
    status = 503 if broken else 403 if context["refused"] else 200
    return render(request, "backbone/pulse/pulse_show.html", context, status=status)
