"""The people of a cohort on the desk: add a member, end a place, let somebody facilitate or be a participant again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backbone.views.cohorts import cohort_of
from cohorts.actions import add_member, end_facilitator, leave_cohort, make_facilitator
from cohorts.actions.memberships import note_place_opened
from cohorts.desk_forms import AddForm
from cohorts.models import Cohort, Membership
from cohorts.permissions import can_carry_on_cohort, memberships_changeable_by
from core.access import BACKBONE, acting_member, open_to, require, visible_or_404
from core.idempotency import once
from core.keptform import keeps

A_PAGE = 50


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(AddForm)
def cohort_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the cohort, and adding somebody who is a member. The answer is the same whoever the address belongs to."""
    cohort = cohort_of(request, slug)
    if request.method == "GET":
        return _people_page(request, cohort, AddForm())
    require(
        can_carry_on_cohort(request.user, cohort),
        _("This cohort has ended, so nobody was added. Set a later last day first."),
    )
    form = AddForm(request.POST)
    if not form.is_valid():
        return _people_page(request, cohort, form)
    add_member(cohort=cohort, email=form.cleaned_data["email"], by=acting_member(request))
    messages.info(request, _("If a member has proven that this address is theirs, they are in the cohort now, and were told. Nobody else was written to."))  # fmt: skip
    return redirect("backbone:cohort_people", slug)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(hidden=["act"])
def cohort_facilitator(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Say what it means, and then let somebody facilitate, or be a participant again."""
    membership = _membership(request, slug, membership_id)
    by, name, act = acting_member(request), membership.member.get_full_name(), request.POST.get("act")  # fmt: skip
    if request.method == "GET" or act not in {"make", "end"}:
        facilitates: Any = Cohort.objects.facilitated_by(membership.member)
        others = facilitates.exclude(pk=membership.cohort_id).not_over()
        context = {**_about(membership), "others": others}
        return render(request, "backbone/cohort_facilitator.html", context)
    if act == "end":
        end_facilitator(membership=membership, by=by)
        words = _("%(name)s is a participant now, and was told.")
    else:
        make_facilitator(membership=membership, by=by)
        words = _("%(name)s facilitates the cohort now, and was told.")
    messages.success(request, words % {"name": name})
    return redirect("backbone:cohort_people", slug)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps()
def cohort_place_end(request: HttpRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """Ask, and then end somebody's place in the cohort."""
    membership = _membership(request, slug, membership_id)
    if request.method == "GET":
        return render(request, "backbone/cohort_place_end.html", _about(membership))
    leave_cohort(cohort=membership.cohort, member=membership.member, by=acting_member(request))
    said = {"name": membership.member.get_full_name()}
    messages.success(request, _("The place of %(name)s has ended, and they were told.") % said)
    return redirect("backbone:cohort_people", slug)


def _people_page(request: HttpRequest, cohort: Cohort, form: AddForm) -> HttpResponse:
    rows: Any = memberships_changeable_by(request.user).filter(cohort=cohort)
    pages = Paginator(rows.for_page(), A_PAGE)
    context = {
        "cohort": cohort,
        "page": pages.get_page(request.GET.get("page")),
        "form": form,
    }
    return render(request, "backbone/cohort_people.html", context)


def _membership(request: HttpRequest, slug: str, membership_id: UUID) -> Membership:
    """A place that goes on; 404 for one of another cohort, or one that ended. Who opens its page leaves a line for its member."""
    rows = memberships_changeable_by(request.user).select_related("cohort", "member")
    membership = visible_or_404(rows, pk=membership_id, cohort__slug=slug)
    if request.method == "GET":
        note_place_opened(membership=membership, by=acting_member(request))
    return membership


def _about(membership: Membership) -> dict[str, Any]:
    return {"cohort": membership.cohort, "membership": membership, "person": membership.member}
