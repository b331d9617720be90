"""Bodies and their seats. A seat is the person's once they have accepted it; what it is called is read in the body alone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import end_seat, offer_seat
from accounts.bodies import (
    NameTaken,
    StaleBody,
    bodies_changeable_by,
    change_body,
    make_body,
    mark_of,
)
from accounts.models import Body
from accounts.people import people_listed_for
from backbone.forms import BodyForm, SeatForm
from backbone.views.people import member_of
from core.access import BACKBONE, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps

NAME_TAKEN = gettext_lazy("Another body has this name. Choose another one.")


@open_to(BACKBONE)
@require_GET
def body_list(request: HttpRequest) -> HttpResponse:
    """Every body, with how many hold a seat in it and how many offers wait."""
    return render(request, "backbone/body_list.html", {"bodies": bodies_changeable_by(request.user)})  # fmt: skip


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(BodyForm)
def body_make(request: HttpRequest) -> HttpResponse:
    """Make a body."""
    form = BodyForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "backbone/body_make.html", {"form": form})
    try:
        body = make_body(**form.words, by=acting_member(request))
    except NameTaken:
        form.add_error("name", NAME_TAKEN)
        return render(request, "backbone/body_make.html", {"form": form})
    messages.success(request, _("Made. Seats are offered on the pages of people."))
    return redirect("backbone:body_show", body.slug)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(BodyForm)
def body_show(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: its name and purpose to change, and who holds or is offered a seat. Of two who change it neither overwrites the other."""
    body = visible_or_404(bodies_changeable_by(request.user), slug=slug)
    name, seen = body.name, mark_of(body)
    form = BodyForm(request.POST or None, instance=body, initial={"seen": seen})
    if request.method == "GET" or not form.is_valid():
        return _body_page(request, body, name, form)
    try:
        change_body(body=body, **form.words, seen=form.cleaned_data["seen"], by=acting_member(request))  # fmt: skip
    except StaleBody as stale:
        return _conflict_page(request, stale.current, form)
    except NameTaken:
        form.add_error("name", NAME_TAKEN)
        return _body_page(request, body, name, form)
    messages.success(request, _("Saved."))
    return redirect("backbone:body_show", body.slug)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(SeatForm)
def seat_offer(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Offer the person a seat."""
    member = member_of(request, member_id)
    form = SeatForm(request.POST or None, member=member)
    if request.method == "GET" or not form.is_valid():
        return render(request, "backbone/seat_offer.html", {"member": member, "form": form})
    offer_seat(member=member, **form.cleaned_data, by=acting_member(request))
    messages.success(request, _("Offered. It counts once they have accepted it."))
    return redirect("backbone:person_show", member.pk)


@open_to(BACKBONE)
@require_POST
@once
def seat_end(request: HttpRequest, member_id: UUID, seat_id: UUID) -> HttpResponse:
    """End a seat, or take an offer back."""
    member = member_of(request, member_id)
    end_seat(seat=visible_or_404(member.seats.all(), pk=seat_id), by=acting_member(request))
    messages.success(request, _("Ended. They get a notice."))
    return redirect("backbone:person_show", member.pk)


def _body_page(request: HttpRequest, body: Body, name: str, form: BodyForm) -> HttpResponse:
    """`name` is the one that it has, whatever was typed."""
    there = people_listed_for(request.user).values("pk")
    seats = body.seats.filter(ended_at__isnull=True, member__in=there).select_related("member")
    context = {"name": name, "form": form, "seats": seats.order_by("offered_at")}
    return render(request, "backbone/body_show.html", context)


def _conflict_page(request: HttpRequest, current: Body, typed: BodyForm) -> HttpResponse:
    """Both, when it was changed elsewhere meanwhile."""
    form = BodyForm(initial=typed.words | {"seen": mark_of(current)})
    context = {"body": current, "form": form}
    return render(request, "backbone/body_conflict.html", context, status=409)
