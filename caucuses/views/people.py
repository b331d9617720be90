"""Who is in the room by the names they chose, one's own name, and who facilitates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caucuses.actions import (
    GoneAlready,
    NotAsked,
    SomebodyDoes,
    answer_asked,
    ask_to_facilitate,
    begin_to_facilitate,
    name_at_door,
    remove_seat,
    rename_seat,
    step_back,
)
from caucuses.agreed import opened
from caucuses.agreement_forms import NameForm, RemovalForm
from caucuses.entering import once_here, seated
from caucuses.models import Parting, Seat
from caucuses.naming import name_of
from caucuses.permissions import (
    can_facilitate,
    can_remove_seat,
    has_facilitator,
    seats_removable_by,
    seats_visible_to,
)
from caucuses.unsaved import gives_back
from core.access import MEMBER, open_to, require, visible_or_404
from core.keptform import keeps


@open_to(MEMBER)
@require_GET
@seated
def people_show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everybody, by name."""
    return _page(request, seat, NameForm(initial={"name": opened(seat, "name") or ""}))


@open_to(MEMBER)
@require_POST
@seated
@once_here
@keeps(NameForm)
def name_change(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Go by another name in the room."""
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            rename_seat(seat=seat, typed=form.cleaned_data["name"])
        except ValueError as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Saved. The others read your new name from now on."))
            return _back(seat)
    return _page(request, seat, form)


@open_to(MEMBER)
@require_POST
@seated
def door_change(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Whether the door of the room names oneself as its facilitator."""
    name_at_door(seat=seat, named=request.POST.get("named") == "yes")
    messages.success(request, _("Saved."))
    return _back(seat)


@open_to(MEMBER)
@require_POST
@seated
def facilitation_change(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Begin to facilitate where nobody does, answer a facilitator who asked, or step back: one press each."""
    act = ACTS.get(request.POST.get("act", ""))
    require(act is not None, _("This page is older than the room. Open it again; nothing happened."))  # fmt: skip
    assert act is not None  # noqa: S101 (for the type checker)
    try:
        messages.success(request, act(seat))
    except SomebodyDoes:
        messages.info(request, _("Somebody else has just begun to facilitate. Nothing more happened."))  # fmt: skip
    except NotAsked:
        messages.info(request, _("You are not asked any more. Nothing happened."))
    return _back(seat)


@open_to(MEMBER)
@require_POST
@seated
def seat_ask(request: HttpRequest, seat: Seat, seat_id: UUID) -> HttpResponse:
    """Ask somebody to facilitate, too, or take the question back."""
    other = seats_visible_to(seat).filter(pk=seat_id).first()
    if other is None:
        return _gone(request, seat)
    ask = request.POST.get("ask") != "no"
    try:
        ask_to_facilitate(seat=seat, other=other, ask=ask)
    except GoneAlready:
        return _gone(request, seat)
    asked, back = _("Asked. They find the question on this page."), _("The question is taken back.")
    messages.success(request, asked if ask else back)
    return _back(seat)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@gives_back(of=Parting)
@seated
@once_here
@keeps(RemovalForm)
def seat_remove(request: HttpRequest, seat: Seat, seat_id: UUID) -> HttpResponse:
    """Remove somebody, with a reason that they read."""
    require(can_facilitate(seat))
    people = seats_visible_to(seat) | seats_removable_by(seat)
    if request.method == "POST" and not people.filter(pk=seat_id).exists():
        return _gone(request, seat)
    other = visible_or_404(people, pk=seat_id)
    form = RemovalForm(request.POST or None)
    allowed = can_remove_seat(seat, other)
    if request.method == "POST" and allowed and form.is_valid():
        try:
            remove_seat(seat=seat, other=other, reason=form.cleaned_data["reason"])
        except GoneAlready:
            return _gone(request, seat)
        messages.success(request, _("They are not in the room any more, and can read your reason."))
        return _back(seat)
    context = {"seat": seat, "name": name_of(other), "form": form, "is_allowed": allowed}
    status = 200 if allowed or request.method == "GET" else 403
    return render(request, "caucuses/seat_remove.html", context, status=status)


def _begin(seat: Seat) -> str:
    begin_to_facilitate(seat=seat)
    return _("You facilitate this room now. Thank you.")


def _accept(seat: Seat) -> str:
    answer_asked(seat=seat, accept=True)
    return _("You facilitate this room now. Thank you.")


def _decline(seat: Seat) -> str:
    answer_asked(seat=seat, accept=False)
    return _("You said no. Nobody needs a reason.")


def _step_back(seat: Seat) -> str:
    step_back(seat=seat)
    return _("You have stepped back, and are a member like the others.")


ACTS: dict[str, Callable[[Seat], str]] = {
    "begin": _begin,
    "yes": _accept,
    "no": _decline,
    "step_back": _step_back,
}


def _back(seat: Seat) -> HttpResponse:
    return redirect("caucuses:people_show", seat.caucus_id)


def _gone(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Whom a facilitator meant is not in the room any more. What they typed is given back."""
    context = {"seat": seat, "typed": request.POST.get("reason", "")}
    return render(request, "caucuses/seat_gone.html", context, status=404)


def _page(request: HttpRequest, seat: Seat, form: NameForm) -> HttpResponse:
    people = [(row, name_of(row)) for row in seats_visible_to(seat)]
    people.sort(key=lambda one: one[1].casefold())
    facilitates = can_facilitate(seat)
    not_yet = seats_removable_by(seat).filter(since__isnull=True)
    context: dict[str, Any] = {
        "seat": seat,
        "people": people,
        "form": form,
        "facilitates": facilitates,
        "waiting": [(row, name_of(row)) for row in not_yet.order_by("taken_at", "pk")],
        "has_facilitator": has_facilitator(seat.caucus),
        "is_only_facilitator": facilitates
        and sum(row.is_facilitator for row, _name in people) == 1,
    }
    return render(request, "caucuses/people_show.html", context)
