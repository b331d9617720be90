"""A part that all of the pair can read: how it was worded before, and wording it anew."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accountability.buddies.actions import PairEnded
from accountability.checkins.actions import Conflict, change_part
from accountability.checkins.forms import PartForm
from accountability.checkins.models import Part
from accountability.checkins.permissions import can_change_part, parts_visible_to
from accountability.checkins.reading import opened, opened_all
from accountability.checkins.views.unsaved import gives_back
from accountability.checkins.views.write import conflict_page
from core.access import MEMBER, acting_member, open_to, require, visible_or_404
from core.keptform import keeps


@open_to(MEMBER)
@require_GET
def part_show(request: HttpRequest, check_in_id: UUID, part_id: UUID) -> HttpResponse:
    """A part, and how it was worded before, the newest first."""
    part = _part(request, check_in_id, part_id)
    context = {
        "part": opened(part),
        "older": opened_all(part.versions.all()),
        "can_change": can_change_part(request.user, part),
    }
    return render(request, "checkins/part_show.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@keeps(PartForm)
@gives_back(PartForm, of=Part)
def part_edit(request: HttpRequest, check_in_id: UUID, part_id: UUID) -> HttpResponse:
    """Word one's own part anew. When the pair has ended meanwhile, the new wording stands on the page, to copy."""
    part = _part(request, check_in_id, part_id)
    can_change = can_change_part(request.user, part)
    require(
        can_change or (request.method == "POST" and part.member_id == acting_member(request).pk),
        _("A part is changed by the person who wrote it, as long as the pair goes on."),
    )
    if request.method == "GET":
        return _page(request, part, PartForm.of(part))
    form = PartForm(request.POST)
    if "seen" in form.errors:
        raise BadRequest
    if not can_change:
        return _page(request, part, form, has_ended=True)
    if form.is_valid() and form.words.is_empty:
        form.add_error("did", _("Leave something there, in one of the four."))
    return _changed(request, part, form) if form.is_valid() else _page(request, part, form)


def _changed(request: HttpRequest, part: Part, form: PartForm) -> HttpResponse:
    try:
        change_part(part=part, by=request.user, words=form.words, seen=form.cleaned_data["seen"])
    except PairEnded:
        return _page(request, part, form, has_ended=True)
    except Conflict as conflict:
        return conflict_page(request, part.check_in, form, conflict.stored)
    messages.success(request, _("Saved. The others can also read how it was before."))
    return redirect("checkins:check_in_show", part.check_in_id)


def _part(request: HttpRequest, check_in_id: UUID, part_id: UUID) -> Part:
    rows = parts_visible_to(request.user).select_related("check_in", "member", "pair")
    return visible_or_404(rows, pk=part_id, check_in=check_in_id)


def _page(
    request: HttpRequest, part: Part, form: PartForm, *, has_ended: bool = False
) -> HttpResponse:
    context = {"part": opened(part), "form": form, "has_ended": has_ended}
    status = 409 if has_ended else 200
    return render(request, "checkins/part_edit.html", context, status=status)
