"""A cohort's plan on the desk: which modules it reads, each from its day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backbone.views.cohorts import cohort_of
from cohorts.actions import CohortIsOver
from cohorts.models import Cohort
from core.access import BACKBONE, acting_member, open_to
from core.idempotency import once
from core.keptform import keeps
from curriculum.plan_form import PlanForm
from curriculum.planning import StalePlan, plan_of, set_plan


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(PlanForm)
def cohort_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan. Of two who set it, neither overwrites the other."""
    cohort = cohort_of(request, slug)
    member = acting_member(request)
    form = PlanForm(cohort, plan_of(cohort, member), request.POST or None)
    if request.method == "POST" and cohort.is_over:
        return _plan_page(request, cohort, form, status=403)
    if request.method == "GET" or not form.is_valid():
        return _plan_page(request, cohort, form)
    try:
        set_plan(cohort=cohort, days=form.days, seen=form.cleaned_data["seen"], by=member)
    except CohortIsOver as over:
        return _plan_page(request, over.cohort, form, status=403)
    except StalePlan:
        again = PlanForm(cohort, plan_of(cohort, member), request.POST).typed_again()
        context = {"cohort": cohort, "form": again}
        return render(request, "backbone/cohort_plan_conflict.html", context, status=409)
    messages.success(request, _("Saved. The cohort’s page shows the plan."))
    return redirect("backbone:cohort_desk", slug)


def _plan_page(request: HttpRequest, cohort: Cohort, form: PlanForm, *, status: int = 200) -> HttpResponse:  # fmt: skip
    """The form; of a cohort that is over the plan as it stays, beside each module the day that somebody typed meanwhile."""
    context = {"cohort": cohort, "form": form}
    return render(request, "backbone/cohort_plan.html", context, status=status)
