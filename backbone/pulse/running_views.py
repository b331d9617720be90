"""Opening a pulse and closing it early, for the facilitators of a cohort and the backbone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backbone.pulse.actions import (
    AlreadyOpen,
    AskedLately,
    CannotOpenPulse,
    close_pulse,
    open_pulse,
    why_not_now,
)
from backbone.pulse.forms import PulseForm
from backbone.pulse.limits import FEWEST_ASKED
from backbone.pulse.models import Pulse
from backbone.pulse.permissions import can_open_pulse
from backbone.pulse.views import cohort_with_pulse
from cohorts.models import Cohort
from cohorts.over import answers_over, over_page
from cohorts.permissions import can_run_cohort
from core.access import MEMBER, acting_member, open_to, require
from core.crypto.keyring import KeyMissing
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(PulseForm, hidden=["act"])
@answers_over
def pulse_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a pulse, look at it, and open it. Nothing is kept before it is opened."""
    cohort = _run(request, slug)
    if cohort.is_over:
        return over_page(request, cohort)
    require(can_open_pulse(request.user, cohort), _("This cohort has not begun yet. On its first day you can ask it something."))  # fmt: skip
    form = PulseForm(request.POST or None, last_day=cohort.ends_on)
    context: dict[str, Any] = {"cohort": cohort, "form": form, "why_not": _sentence(why_not_now(cohort))}  # fmt: skip
    if request.method == "GET" or not form.is_valid():
        return render(request, "backbone/pulse/pulse_new.html", context)
    if request.POST.get("act") != "open":
        context["previewed"] = form.questions
        return render(request, "backbone/pulse/pulse_new.html", context)
    try:
        open_pulse(cohort=cohort, questions=form.questions, closes_on=form.cleaned_data["closes_on"], by=acting_member(request))  # fmt: skip
    except CannotOpenPulse as problem:
        context["why_not"] = _sentence(problem)
        return render(request, "backbone/pulse/pulse_new.html", context, status=409)
    messages.success(request, _("The pulse is open. Everybody who is asked gets a notice."))
    return redirect("pulse:pulse_show", slug)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def pulse_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what closing early means, and then close."""
    cohort = _run(request, slug)
    pulse: Pulse | None = cohort.pulses.open().select_related("cohort").first()  # type: ignore[attr-defined]
    if pulse is None:
        messages.info(request, _("There is no open pulse now."))
        return redirect("pulse:pulse_show", slug)
    context = {"cohort": cohort, "pulse": pulse}
    if request.method == "GET":
        return render(request, "backbone/pulse/pulse_close.html", context)
    try:
        close_pulse(pulse=pulse, by=acting_member(request))
    except KeyMissing:
        return render(
            request, "backbone/pulse/pulse_close.html", context | {"broken": True}, status=503
        )
    messages.success(request, _("The pulse is closed. Everybody in the cohort sees the same result."))  # fmt: skip
    return redirect("pulse:pulse_show", slug)


def _run(request: HttpRequest, slug: str) -> Cohort:
    """The cohort, for who runs it."""
    cohort = cohort_with_pulse(request, slug)
    sentence = _("Facilitators and the backbone team open a pulse. Tell one of them what you would like to ask.")  # fmt: skip
    require(can_run_cohort(request.user, cohort), sentence)
    return cohort


def _sentence(problem: CannotOpenPulse | None) -> str:
    """Why a pulse cannot be opened now, for who would."""
    if problem is None:
        return ""
    if isinstance(problem, AlreadyOpen):
        return _("A pulse is open in this cohort already. One at a time.")
    if isinstance(problem, AskedLately):
        words = _("The last pulse closed less than a week ago. The next one can be opened from %(day)s on, so that nobody can compare two results that are as good as one.")  # fmt: skip
        return words % {"day": _day(problem)}
    words = _("Fewer than %(fewest)s people would be asked, so no result could ever be shown. Ask them when you meet instead.")  # fmt: skip
    return words % {"fewest": FEWEST_ASKED}


def _day(problem: AskedLately) -> str:
    return date_format(problem.from_day, "DATE_FORMAT")
