"""People on the desk: the list, and one person's page. Who opens a page is named to the person whose page it is."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.people import note_opening, people_visible_to
from backbone.forms import FacilitatorForm, PeopleForm
from backbone.people import people_found, person_of
from cohorts.models import Cohort
from core.access import BACKBONE, acting_member, open_to, visible_or_404

A_PAGE = 50


@open_to(BACKBONE)
@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, fifty on a page, by name, role and cohort."""
    form = PeopleForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(people_found(request.user, **asked), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "query": query.urlencode(), "is_narrowed": any(asked.values())}  # fmt: skip
    return render(request, "backbone/people_list.html", context)


@open_to(BACKBONE)
@require_GET
def person_show(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One person's page."""
    return person_page(request, member_of(request, member_id))


def member_of(request: HttpRequest, member_id: UUID) -> User:
    """The member of this address, for the backbone team. Who opens a page about them leaves a line for them."""
    rows = people_visible_to(request.user).select_related("organization")
    member = visible_or_404(rows, pk=member_id)
    if request.method == "GET":
        note_opening(member=member, by=acting_member(request))
    return member


def person_page(
    request: HttpRequest, member: User, facilitator: FacilitatorForm | None = None
) -> HttpResponse:
    """The page of this person, and a line for them that it was opened, also when a form led back to it."""
    by = acting_member(request)
    if request.method != "GET":
        note_opening(member=member, by=by)
    context = {
        "person": person_of(by, member),
        "is_me": member.pk == by.pk,
        "facilitator": facilitator or FacilitatorForm(cohorts=Cohort.objects.not_over()),
    }
    return render(request, "backbone/person_show.html", context)
