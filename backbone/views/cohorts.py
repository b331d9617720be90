"""Cohorts on the desk: the list, one of them, a new one, another one like it, its facts and its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.actions import (
    SlugStays,
    SlugTaken,
    StaleCohort,
    change_cohort,
    clone_cohort,
    earliest_end,
    end_cohort,
    make_cohort,
)
from cohorts.desk_forms import TAKEN_WORDS, CloneForm, CohortForm, EndForm
from cohorts.models import Cohort
from cohorts.permissions import cohorts_changeable_by
from core.access import BACKBONE, acting_member, open_to, visible_or_404
from core.clock import today_here
from core.idempotency import once
from core.keptform import keeps, typed_fields

A_PAGE = 20


@open_to(BACKBONE)
@require_GET
def cohort_list(request: HttpRequest) -> HttpResponse:
    """The cohorts that run, are coming or are past, with how many people are in each."""
    rows: Any = cohorts_changeable_by(request.user)
    when = request.GET.get("when", "running")
    there = {
        "running": rows.running().order_by("-starts_on", "name"),
        "coming": rows.coming().order_by("starts_on", "name"),
        "past": rows.over().order_by("-ends_on", "name"),
    }
    chosen = when if when in there else "running"
    page = Paginator(there[chosen].with_people(), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "when": chosen, "counts": _counts(rows)}
    return render(request, "backbone/cohort_list.html", context)


@open_to(BACKBONE)
@require_GET
def cohort_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """One cohort: what it is, who facilitates it, and what can be done with it."""
    cohort = cohort_of(request, slug)
    facilitators = cohort.memberships.current().filter(is_facilitator=True)
    context = {
        "cohort": cohort,
        "people": cohort.memberships.current().count(),
        "facilitators": facilitators.for_page(),  # type: ignore[attr-defined]
    }
    return render(request, "backbone/cohort_desk.html", context)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(CohortForm)
def cohort_new(request: HttpRequest) -> HttpResponse:
    """Make a cohort."""
    form = CohortForm(request.POST or None, initial={"starts_on": today_here()})
    if request.method == "POST" and form.is_valid():
        try:
            cohort = make_cohort(facts=form.facts(), by=acting_member(request))
        except SlugTaken:
            form.add_error("slug", TAKEN_WORDS)
        else:
            messages.success(request, _("The cohort is made. Nobody is in it yet."))
            return redirect("backbone:cohort_desk", cohort.slug)
    return render(request, "backbone/cohort_new.html", {"form": form})


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(CohortForm)
def cohort_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change its name, purpose and days. Of two who do, neither overwrites the other."""
    cohort = cohort_of(request, slug)
    form = CohortForm.editing(cohort, request.POST or None)
    context: dict[str, Any] = {"cohort": cohort, "form": form}
    if request.method == "GET" or not form.is_valid():
        return render(request, "backbone/cohort_edit.html", context)
    seen = form.cleaned_data["revision"] or 0
    try:
        cohort = change_cohort(
            cohort=cohort, facts=form.facts(), seen_revision=seen, by=acting_member(request)
        )
    except StaleCohort as stale:
        typed = {**form.cleaned_data, "revision": stale.current.revision}
        form = CohortForm.editing(stale.current)
        form.initial.update(typed)
        context = {"cohort": stale.current, "form": form}
        return render(request, "backbone/cohort_conflict.html", context, status=409)
    except (SlugTaken, SlugStays):
        form.add_error("slug", TAKEN_WORDS)
        return render(request, "backbone/cohort_edit.html", context)
    messages.success(request, _("Saved."))
    return redirect("backbone:cohort_desk", cohort.slug)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(CloneForm)
def cohort_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Make another cohort like this one."""
    old = cohort_of(request, slug)
    form = CloneForm(request.POST) if request.method == "POST" else CloneForm.like(old)
    if request.method == "POST" and form.is_valid():
        facts = form.facts(purpose=old.purpose)
        taken = form.cleaned_data["with_facilitators"]
        try:
            new = clone_cohort(
                cohort=old, facts=facts, with_facilitators=taken, by=acting_member(request)
            )
        except SlugTaken:
            form.add_error("slug", TAKEN_WORDS)
        else:
            messages.success(request, _("The cohort is made, with the plan and the meetings of the other one. Look at their days."))  # fmt: skip
            return redirect("backbone:cohort_desk", new.slug)
    return render(request, "backbone/cohort_again.html", {"cohort": old, "form": form})


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(EndForm, hidden=["act"])
def cohort_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what stays and what goes, and then set the last day, or end it at once."""
    cohort = cohort_of(request, slug)
    if cohort.is_over:
        return _over_page(request, cohort)
    form = EndForm(cohort, _posted(request))
    if request.method == "GET" or not form.is_valid():
        return _end_page(request, cohort, form)
    day, seen = form.cleaned_data["ends_on"], form.cleaned_data["revision"] or 0
    try:
        cohort = end_cohort(
            cohort=cohort, last_day=day, seen_revision=seen, by=acting_member(request)
        )
    except StaleCohort as stale:
        if stale.current.is_over:  # another one was faster
            return _over_page(request, stale.current, status=409)
        again = EndForm(stale.current)
        again.initial["ends_on"] = max(day, today_here())
        return _end_page(request, stale.current, again, stale=True)
    messages.success(request, _("The last day is set. Everybody in the cohort gets a notice."))
    return redirect("backbone:cohort_desk", cohort.slug)


def cohort_of(request: HttpRequest, slug: str) -> Cohort:
    """The cohort of this short name; 404 for who may not set it up."""
    return visible_or_404(cohorts_changeable_by(request.user), slug=slug)


def _posted(request: HttpRequest) -> Any:
    """What was posted; with “End it now”, the day before this one in the place of the day that was typed."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if data.get("act") == "now":
        data["ends_on"] = (today_here() - timedelta(days=1)).isoformat()
    return data


def _end_page(request: HttpRequest, cohort: Cohort, form: EndForm, *, stale: bool = False) -> HttpResponse:  # fmt: skip
    """The question; a cohort that began before today can be over at once."""
    can_end_now = earliest_end(cohort) < today_here()
    context = {"cohort": cohort, "form": form, "can_end_now": can_end_now, "stale": stale}
    return render(request, "backbone/cohort_end.html", context, status=409 if stale else 200)


def _over_page(request: HttpRequest, cohort: Cohort, *, status: int = 200) -> HttpResponse:
    """In the place of the question, for one that is over."""
    context = {"cohort": cohort, "typed": typed_fields(request)}
    return render(request, "backbone/cohort_over.html", context, status=status)


def _counts(rows: Any) -> dict[str, int]:
    """How many there are of each kind. One query."""
    today = today_here()
    over, coming = Q(ends_on__lt=today), Q(starts_on__gt=today)
    found: dict[str, int] = rows.aggregate(
        past=Count("pk", filter=over),
        coming=Count("pk", filter=coming),
        all=Count("pk"),
    )
    return {**found, "running": found["all"] - found["past"] - found["coming"]}
