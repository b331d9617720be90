"""Not this person: the reader's own list, which nobody else ever sees."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.matching.actions import add_limit, add_names, remove_limit
from accountability.matching.forms import LimitForm
from accountability.matching.people import of_my_cohorts
from accountability.matching.permissions import limits_visible_to
from accountability.matching.reading import LimitLine, limits_of
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(LimitForm)
def limit_list(request: HttpRequest) -> HttpResponse:
    """Whom I do not want to be matched with, and adding somebody.

    Sent twice it changes nothing the second time, so it needs no mark that would say who keeps such a list (`once`).
    """
    member = acting_member(request)
    lines = limits_of(member)
    if request.method == "GET":
        return _page(request, lines, _form(request, lines))
    form = _form(request, lines)
    if not form.is_valid():
        return _page(request, lines, form)
    with transaction.atomic():
        for other in form.ticked:
            add_limit(by=member, other=other)
        add_names(by=member, names=form.cleaned_data["names"])
    messages.success(request, _("Your list is saved."))
    return redirect("matching:limit_list")


@open_to(MEMBER)
@require_POST
def limit_remove(request: HttpRequest, limit_id: UUID) -> HttpResponse:
    """Take one off the list."""
    limit = visible_or_404(limits_visible_to(request.user), pk=limit_id)
    remove_limit(by=acting_member(request), limit=limit)
    messages.success(request, _("Your list is saved."))
    return redirect("matching:limit_list")


def _others(request: HttpRequest, lines: list[LimitLine]) -> list:
    listed = {line.member.pk for line in lines if line.member}
    return [one for one in of_my_cohorts(acting_member(request)) if one.pk not in listed]


def _form(request: HttpRequest, lines: list[LimitLine]) -> LimitForm:
    data = request.POST if request.method == "POST" else None
    return LimitForm(data, known=_others(request, lines))


def _page(request: HttpRequest, lines: list[LimitLine], form: LimitForm) -> HttpResponse:
    return render(request, "matching/limit_list.html", {"lines": lines, "form": form})
