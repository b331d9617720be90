"""The door of a caucus: what everybody may know of a listed one, and the ways in.

Which standing the member has is looked up in all of them, so that an id that is nobody's, one of an unlisted caucus and one of a
listed caucus take the same work. No form here leaves a mark that it was sent: pressed twice, each does what it did.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caucuses.actions.inviting import accept_invitation, decline_invitation
from caucuses.actions.joining import ask_to_join, join_caucus, withdraw_request
from caucuses.actions.refusing import Refused
from caucuses.choices import ANSWERED_FOR, WhyNot
from caucuses.coming_forms import AskForm, JoinForm
from caucuses.permissions import facilitators_of
from caucuses.reading import opened
from caucuses.standing import Standing, standings_of
from caucuses.views.lists import list_page
from core.access import MEMBER, acting_member, open_to
from core.keptform import keeps, kept_form


@open_to(MEMBER)
@require_GET
def door_show(request: HttpRequest, caucus_id: UUID) -> HttpResponse:
    """The door."""
    here = _known(request, caucus_id)
    if here is None:
        raise Http404
    return _door_page(request, here)


@open_to(MEMBER)
@require_POST
@keeps(JoinForm)
def door_join(request: HttpRequest, caucus_id: UUID) -> HttpResponse:
    """Come in by the open way; the agreement comes next."""
    form = JoinForm(request.POST)

    def act(member: Any) -> None:
        join_caucus(caucus_id=caucus_id, by=member, name=form.cleaned_data["name"])

    return _through(request, caucus_id, form, act)


@open_to(MEMBER)
@require_POST
@keeps(AskForm)
def door_ask(request: HttpRequest, caucus_id: UUID) -> HttpResponse:
    """Ask the facilitators."""
    form = AskForm(request.POST)

    def act(member: Any) -> None:
        given = form.cleaned_data
        ask_to_join(caucus_id=caucus_id, by=member, name=given["name"], words=given["words"])

    said = _("The facilitators have your request. Their answer will stand on this page.")
    return _through(request, caucus_id, form, act, said=said)


@open_to(MEMBER)
@require_POST
@keeps(JoinForm)
def invitation_accept(request: HttpRequest, caucus_id: UUID) -> HttpResponse:
    """Take the seat that one was invited to; the agreement comes next."""
    form = JoinForm(request.POST)

    def act(member: Any) -> None:
        accept_invitation(caucus_id=caucus_id, by=member, name=form.cleaned_data["name"])

    return _through(request, caucus_id, form, act)


@open_to(MEMBER)
@require_POST
def invitation_decline(request: HttpRequest, caucus_id: UUID) -> HttpResponse:
    """Say no. Nobody is told."""
    if _known(request, caucus_id) is None:
        return _no_door(request)
    with suppress(Refused):  # it went meanwhile: just what was wanted
        decline_invitation(caucus_id=caucus_id, by=acting_member(request))
    messages.success(request, _("Done. The invitation is gone, and nobody is told."))
    return redirect("caucuses:caucus_list")


@open_to(MEMBER)
@require_POST
def request_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    member = acting_member(request)
    mine = standings_of(member).request(request_id)
    try:
        if mine is None:  # an id of somebody else, or of nobody, gets the same sentence
            raise Refused(WhyNot.ANSWERED)
        withdraw_request(request=mine, by=member)
    except Refused as refused:
        return list_page(request, refused=refused.why, status=409)
    messages.success(request, _("Your request is taken back, and nobody reads it any more."))
    return redirect("caucuses:caucus_list")


def _through(
    request: HttpRequest, caucus_id: UUID, form: JoinForm, act: Callable[[Any], None], *, said: str = ""
) -> HttpResponse:  # fmt: skip
    """Do it and lead on: into the room, or with `said` to the list; else the door with what was typed, and why it was not done."""
    here = _known(request, caucus_id)
    if here is None:
        return _no_door(request)
    room = redirect("caucuses:room_show", caucus_id)
    if here.seat is not None:
        return room
    if not form.is_valid():
        return _door_page(request, here, form=form)
    try:
        act(acting_member(request))
    except Refused as refused:
        now = _known(request, caucus_id)
        if now is None:
            return _no_door(request)
        return _door_page(request, now, form=form, refused=refused.why, status=409)
    if not said:
        return room
    messages.success(request, said)
    return redirect("caucuses:caucus_list")


def _known(request: HttpRequest, caucus_id: UUID) -> Standing | None:
    return standings_of(acting_member(request)).at_door(caucus_id)


def _no_door(request: HttpRequest) -> HttpResponse:
    """What was sent to a door that the member may not know of (any more), or to none at all: the same page, with their own words."""
    request.names_no_address = True  # type: ignore[attr-defined]
    response = kept_form(request, template="caucuses/door_gone.html")
    response.status_code = 404
    return response


def _door_page(
    request: HttpRequest,
    here: Standing,
    *,
    form: JoinForm | None = None,
    refused: WhyNot | None = None,
    status: int = 200,
) -> HttpResponse:
    seats = list(facilitators_of(here.caucus))
    names = [opened(seat, "name") for seat in seats if seat.is_named_at_door]
    declined_at = here.request.declined_at if here.request is not None else None
    context = {
        "here": here,
        "purpose": opened(here.caucus, "purpose"),
        "facilitators": sorted(name for name in names if name),
        "is_one_unnamed": any(not seat.is_named_at_door for seat in seats),
        "has_facilitator": bool(seats),
        "form": form or (AskForm() if here.caucus.joining == "request" and here.invitation is None else JoinForm()),
        "refused": refused,
        "again_on": declined_at + ANSWERED_FOR if declined_at is not None else None,
    }  # fmt: skip
    return render(request, "caucuses/door_show.html", context, status=status)
