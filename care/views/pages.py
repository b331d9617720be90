"""The page of care, and keeping away from somebody."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from care.actions import end_stop, stop_contact
from care.known import can_know_person, cohorts_with_people
from care.models import Contact
from care.permissions import can_keep_contacts, place_as_contact_of, stops_visible_to
from care.reading import kept
from care.tokens import token_of
from cohorts.models import Membership
from core.access import MEMBER, acting_member, open_to, visible_or_404


@open_to(MEMBER)
@require_GET
def care_show(request: HttpRequest) -> HttpResponse:
    """Everything of care in one place, the same for every member but for what they are asked themselves."""
    member = acting_member(request)
    context = {
        "contacts": Contact.objects.in_force().for_page(),
        "own": place_as_contact_of(member).first(),
        "keeps_contacts": can_keep_contacts(member),
    }
    return render(request, "care/care_show.html", context)


@open_to(MEMBER)
@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """The people of the member's cohorts, to choose whom to keep away from."""
    member = acting_member(request)
    cohorts = list(cohorts_with_people(member))
    rows = Membership.objects.current().filter(cohort__in=cohorts).exclude(member=member)
    people: dict[UUID, list[User]] = {}
    for row in rows.for_page():
        people.setdefault(row.cohort_id, []).append(row.member)
    groups = [(one, people.get(one.pk, [])) for one in cohorts]
    return render(request, "care/person_list.html", {"groups": groups})


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
def contact_stop(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """What happens when one stops contact with this person, and the button. Nothing here differs by what the other did."""
    member, other = acting_member(request), visible_person(request, member_id)
    if request.method == "POST":
        stop_contact(by=member, other=other)
        return redirect("care:stop_list")
    token = token_of(member.pk, other.pk)
    stopped = stops_visible_to(member).filter(token=token).first()
    return render(request, "care/contact_stop.html", {"other": other, "stop": stopped})


@open_to(MEMBER)
@require_GET
def stop_list(request: HttpRequest) -> HttpResponse:
    """From whom the member keeps away."""
    member = acting_member(request)
    rows = stops_visible_to(member).order_by("-at", "-pk")
    return render(request, "care/stop_list.html", {"rows": kept(rows, member)})


@open_to(MEMBER)
@require_POST
def stop_end(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """Allow contact again. A second press of the same button finds nothing left to do."""
    member = acting_member(request)
    stop = stops_visible_to(member).filter(pk=stop_id).first()
    if stop is not None:
        end_stop(stop=stop, by=member)
    return redirect("care:stop_list")


def visible_person(request: HttpRequest, member_id: UUID) -> User:
    """Somebody of whom the member may know; for anybody else the same 404 as for nobody."""
    known = can_know_person(request.user, member_id)
    return visible_or_404(User.objects.all() if known else User.objects.none(), pk=member_id)
