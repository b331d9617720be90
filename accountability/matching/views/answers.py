"""Answering, and being in the next round or not. No address here names anybody: it is always the reader's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.matching.actions import StaleAnswers, save_answers, want_round
from accountability.matching.forms import AnswersForm
from accountability.matching.models import Answers
from accountability.matching.permissions import answers_visible_to
from accountability.matching.said import Said, said_from
from core.access import MEMBER, acting_member, open_to
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(AnswersForm, hidden=["seen"])
def answers_edit(request: HttpRequest) -> HttpResponse:
    """My answers. When another tab saved other ones meanwhile, both are shown."""
    member = acting_member(request)
    if request.method == "GET":
        return _own_page(request, answers_visible_to(member).first())
    form = AnswersForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    try:
        save_answers(
            by=member,
            said=form.said,
            note=given["note"],
            wanted=given["wanted"],
            seen=given["seen"] or 0,
        )
    except StaleAnswers as stale:
        return _conflict_page(request, form, stale.current)
    messages.success(request, _("Saved."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_POST
@keeps(hidden=["wanted"])
def wanted_set(request: HttpRequest) -> HttpResponse:
    """Be in the next round, or not, by one press."""
    wanted = request.POST.get("wanted") == "yes"
    want_round(by=acting_member(request), wanted=wanted)
    words = _("You are in the next round.") if wanted else _("You are not in the next round.")
    messages.success(request, words)
    return redirect("buddies:buddy_show")


def _own_page(request: HttpRequest, row: Answers | None) -> HttpResponse:
    if row is None:
        return _page(request, AnswersForm.showing(Said(), note="", wanted=True, seen=0))
    try:
        said, note, is_shut = said_from(row.said), str(row.note), False
    except CannotOpen:
        could_not_open(row)
        said, note, is_shut = Said(), "", True
    form = AnswersForm.showing(said, note=note, wanted=row.wanted, seen=row.version)
    return _page(request, form, is_shut=is_shut)


def _page(request: HttpRequest, form: AnswersForm, **more: Any) -> HttpResponse:
    context = {"form": form, "zone": acting_member(request).time_zone.replace("_", " "), **more}
    return render(request, "matching/answers_edit.html", context)


def _conflict_page(request: HttpRequest, form: AnswersForm, current: Answers) -> HttpResponse:
    """Both: what stands there now, to read, and what was typed here, to save instead."""
    mine = AnswersForm.showing(
        form.said,
        note=form.cleaned_data["note"],
        wanted=form.cleaned_data["wanted"],
        seen=current.version,
    )
    try:
        saved = AnswersForm.showing(
            said_from(current.said), note=current.note, wanted=current.wanted, seen=current.version
        )
    except CannotOpen:
        could_not_open(current)
        saved = None
    context = {"form": mine, "saved": saved, "zone": acting_member(request).time_zone}
    return render(request, "matching/answers_conflict.html", context, status=409)
