"""The page of one check-in: written alone first, then read by all of the pair."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.checkins.actions import (
    Conflict,
    Gone,
    Outcome,
    hand_in,
    save_draft,
    settle_when_due,
    take_back,
)
from accountability.checkins.forms import PartForm
from accountability.checkins.keys import pair_is_shut
from accountability.checkins.models import CheckIn, PartDraft
from accountability.checkins.permissions import (
    can_see_check_in,
    can_write_check_in,
    check_ins_keepable_by,
    check_ins_visible_to,
    drafts_visible_to,
    parts_visible_to,
)
from accountability.checkins.reading import opened, opened_all, with_own_state
from accountability.checkins.views.unsaved import gives_back, says_when_gone
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.keptform import keeps

ACTS = {"save": save_draft, "hand_in": hand_in}


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(PartForm, hidden=["act"])
@gives_back(PartForm, of=PartDraft)
def check_in_show(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Write for it, and read what all wrote once all are in. A post saves, or hands in."""
    if request.method == "POST":
        return _write(request, _written_for(request, check_in_id))
    check_in = check_in_of(request, check_in_id)
    draft = _draft(request, check_in)
    return _page(request, check_in, draft, PartForm.of(draft))


@open_to(MEMBER)
@require_POST
@says_when_gone
def check_in_take_back(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """Take back what was handed in, before anybody else has read it."""
    check_in = check_in_of(request, check_in_id)
    require_writing(request, check_in)
    if check_in.settled_at is None or check_in.is_in:
        take_back(check_in=check_in, by=request.user)
        messages.success(request, _("Taken back. Your text is still here, for you alone."))
    else:
        messages.info(request, _("All were in meanwhile, so the others can read it."))
    return redirect("checkins:check_in_show", check_in.pk)


def check_in_of(request: HttpRequest, check_in_id: UUID) -> Any:
    """One that the member may know of, settled if its moment has come, with what they did for it; 404 for every other id."""
    rows = check_ins_visible_to(request.user).select_related("pair")
    check_in = visible_or_404(rows, pk=check_in_id)
    if check_in.settled_at is None and check_in.pair.ended_at is None:
        try:
            settle_when_due(check_in)
        except Gone:
            raise Http404 from None
    return visible_or_404(with_own_state(rows, acting_member(request)), pk=check_in_id)


def require_writing(request: HttpRequest, check_in: CheckIn) -> None:
    """Raise PermissionDenied with a sentence once the pair has ended, or the member has left it."""
    sentence = _(
        "This pair has ended. You can read what you shared for 30 days; nothing can be changed."
    )
    require(can_write_check_in(request.user, check_in), sentence)


def _written_for(request: HttpRequest, check_in_id: UUID) -> Any:
    """The check-in for which a text is sent: one of the member's, or one that was coming when they left the pair."""
    try:
        return check_in_of(request, check_in_id)
    except Http404:
        rows = check_ins_keepable_by(request.user).select_related("pair")
        return visible_or_404(rows, pk=check_in_id)


def _write(request: HttpRequest, check_in: Any) -> HttpResponse:
    form, act = PartForm(request.POST), ACTS.get(request.POST.get("act", "save"))
    if act is None or "seen" in form.errors:
        raise BadRequest
    draft = _draft(request, check_in)
    if form.is_valid() and form.words.is_empty:
        form.add_error("did", _("Write something first, in one of the four."))
    if not form.is_valid():
        if not can_see_check_in(request.user, check_in):
            raise Http404
        return _page(request, check_in, draft, form)
    try:
        outcome = act(
            check_in=check_in, by=request.user, words=form.words, seen=form.cleaned_data["seen"]
        )
    except Conflict as conflict:
        return conflict_page(request, check_in, form, conflict.stored)
    return _went(request, check_in, outcome)


def _went(request: HttpRequest, check_in: CheckIn, outcome: Outcome) -> HttpResponse:
    if outcome is Outcome.KEPT:
        draft = _draft(request, check_in)
        return redirect("checkins:kept_show", draft.pk) if draft else redirect("buddies:buddy_show")
    words = {
        Outcome.SAVED: _("Saved, for you alone."),
        Outcome.HANDED_IN: _(
            "It is in. You see each other’s words when all are in, at the latest on the date."
        ),
        Outcome.WAITS: _(
            "It is in. What your pair shares cannot be opened now, so the others can read it once it can."
        ),
        Outcome.SHARED: _("It is in, and the others can read it."),
    }
    messages.success(request, words[outcome])
    return redirect("checkins:check_in_show", check_in.pk)


def conflict_page(
    request: HttpRequest, check_in: CheckIn, form: PartForm, stored: Any
) -> HttpResponse:
    """Both texts. What is sent from here counts as having seen the other one."""
    context = {
        "check_in": check_in,
        "form": form.over(stored),
        "other": opened(stored),
        "is_draft": isinstance(stored, PartDraft),
    }
    return render(request, "checkins/check_in_conflict.html", context, status=409)


def _page(
    request: HttpRequest, check_in: Any, draft: PartDraft | None, form: PartForm
) -> HttpResponse:
    member = acting_member(request)
    shared = opened_all(parts_visible_to(member).filter(check_in=check_in).for_page())
    mine = any(part.row.member_id == member.pk for part in shared)
    can_write = can_write_check_in(member, check_in)
    context = {
        "check_in": check_in,
        "pair": check_in.pair,
        "parts": shared,
        "can_write": can_write,
        "shows_form": can_write and not mine and not check_in.is_skipped,
        "may_write": can_write and not mine,
        "form": form,
        "draft": opened(draft) if draft else None,
        "is_shut": bool(check_in.settled_at and not shared and pair_is_shut(check_in.pair_id)),
    }
    return render(request, "checkins/check_in_show.html", context)


def _draft(request: HttpRequest, check_in: CheckIn) -> PartDraft | None:
    return drafts_visible_to(request.user).filter(check_in=check_in).first()
