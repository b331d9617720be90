"""Keeping away from somebody inside a room. No page here looks different for who is kept away from."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caucuses.actions.folding import HasLeft, fold_seat, unfold_seat
from caucuses.entering import seated
from caucuses.folding import folds_visible_to, others_of
from caucuses.models import Seat
from caucuses.naming import name_of
from core.access import MEMBER, open_to, visible_or_404


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@seated
def fold_begin(request: HttpRequest, seat: Seat, seat_id: UUID) -> HttpResponse:
    """What happens when one stops contact with this member of the room, and the button."""
    other = visible_or_404(others_of(seat), pk=seat_id)
    if request.method == "POST":
        try:
            fold_seat(seat=seat, other=other)
        except HasLeft:
            return render(request, "caucuses/fold_left.html", {"seat": seat}, status=409)
        return redirect("caucuses:fold_list", seat.caucus_id)
    fold = folds_visible_to(seat).filter(other=other).first()
    context = {"seat": seat, "other": other, "name": name_of(other), "fold": fold}
    return render(request, "caucuses/fold_begin.html", context)


@open_to(MEMBER)
@require_GET
@seated
def fold_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Whom one keeps away from in this room."""
    rows = folds_visible_to(seat).select_related("other").order_by("-at", "pk")
    kept = [{"fold": row, "name": name_of(row.other)} for row in rows]
    return render(request, "caucuses/fold_list.html", {"seat": seat, "kept": kept})


@open_to(MEMBER)
@require_POST
@seated
def fold_end(request: HttpRequest, seat: Seat, fold_id: UUID) -> HttpResponse:
    """End it. A second press of the same button finds nothing left to do."""
    fold = folds_visible_to(seat).filter(pk=fold_id).first()
    if fold is not None:
        unfold_seat(seat=seat, fold=fold)
    return redirect("caucuses:fold_list", seat.caucus_id)
