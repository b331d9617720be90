"""For whom one may speak: one's own state, and who of one's organization waits for a word."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.belonging import (
    belonging_answerable_by,
    belonging_endable_by,
    confirm_belonging,
    doubt_belonging,
)
from accounts.models import User
from accounts.permissions import speaks_for
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once
from core.keptform import keeps

A_PAGE = 50


@open_to(MEMBER)
@require_GET
def belonging_show(request: HttpRequest) -> HttpResponse:
    """What is known of one's own belonging, and whom one is asked about; for the backbone team also who is confirmed."""
    member = acting_member(request)
    waiting = belonging_answerable_by(member).select_related("organization")
    known = belonging_endable_by(member).select_related("organization", "organization_confirmed_by")
    order = ("organization__name", "chosen_name", "pk")
    context = {
        "speaks": speaks_for(member, member.organization_id),
        "waiting": _page(request, waiting.order_by(*order), "page"),
        "known": _page(request, known.order_by(*order), "known"),
    }
    return render(request, "accounts/belonging_show.html", context)


@open_to(MEMBER)
@require_POST
@once
@keeps(hidden=["act", "organization"])
def belonging_answer(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Say that one works with somebody, or does not know them."""
    by = acting_member(request)
    whom = visible_or_404(_answerable(by), pk=member_id)
    verbs = {
        "confirm": (confirm_belonging, _("Confirmed. They are told, and can speak for the organization.")),
        "doubt": (doubt_belonging, _("Noted, and they are told. They cannot speak for the organization.")),
    }  # fmt: skip
    act = verbs.get(request.POST.get("act", ""))
    if act is not None:
        verb, sentence = act
        if verb(member=whom, organization_id=_read(request), by=by):
            messages.success(request, sentence)
        else:
            messages.warning(request, _("They named another organization meanwhile, so nothing was changed."))  # fmt: skip
    return redirect("accounts:belonging_show")


def _answerable(by: User) -> QuerySet[User]:
    return belonging_answerable_by(by) | belonging_endable_by(by)


def _read(request: HttpRequest) -> UUID | None:
    """The organization that stood on the page that was pressed."""
    try:
        return UUID(request.POST.get("organization", ""))
    except ValueError:
        return None


def _page(request: HttpRequest, rows: object, name: str) -> object:
    return Paginator(rows, A_PAGE).get_page(request.GET.get(name))  # type: ignore[arg-type]
