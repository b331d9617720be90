"""The agreement of a room: it stands before everything else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from caucuses.actions import NotThatOne, accept_agreement
from caucuses.agreed import compared, wordings_of
from caucuses.agreement_forms import AcceptForm
from caucuses.choices import ProposalState
from caucuses.entering import once_here, seated, seated_before_agreeing
from caucuses.models import Agreement, Proposal, Seat
from caucuses.permissions import agreements_visible_to, proposals_visible_to
from core.access import MEMBER, open_to, visible_or_404


@open_to(MEMBER)
@require_GET
@seated_before_agreeing
def agreement_show(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The agreement in force: to be accepted, to be accepted anew with what changed, or to be read again."""
    return _page(request, seat)


@open_to(MEMBER)
@require_POST
@seated_before_agreeing
@once_here
def agreement_accept(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Accept the version that was shown, with one press."""
    form = AcceptForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else 0
    try:
        accept_agreement(seat=seat, number=number)
    except NotThatOne:
        seat.caucus.refresh_from_db(fields=["agreement"])
        return _page(request, seat, changed_meanwhile=True)
    return redirect("caucuses:room_show", seat.caucus_id)


@open_to(MEMBER)
@require_GET
@seated
def version_show(request: HttpRequest, seat: Seat, number: int) -> HttpResponse:
    """An earlier version, and what it changed, as far as the reader was there."""
    versions = agreements_visible_to(seat)
    version = visible_or_404(versions, number=number)
    before = versions.filter(number=number - 1).first()
    wording, *earlier = wordings_of(version, *([before] if before else []))
    context = {
        "seat": seat,
        "version": version,
        "wording": wording,
        "comparison": compared(earlier[0], wording) if earlier else None,
    }
    return render(request, "caucuses/agreement_version.html", context)


def _page(request: HttpRequest, seat: Seat, *, changed_meanwhile: bool = False) -> HttpResponse:
    versions = list(agreements_visible_to(seat).order_by("-number"))
    current = next(row for row in versions if row.number == seat.caucus.agreement)
    accepted = _accepted(seat, versions)
    wording, *old = wordings_of(current, *([accepted] if accepted else []))
    proposal = proposals_visible_to(seat).filter(state=ProposalState.OPEN).first()
    context: dict[str, Any] = {
        "seat": seat,
        "current": current,
        "wording": wording,
        "comparison": compared(old[0], wording) if old else None,
        "earlier": [row for row in versions if row.number < current.number],
        "proposal": proposal,
        "decides_at": _decides_at(seat),
        "changed_meanwhile": changed_meanwhile,
    }
    status = 409 if changed_meanwhile else 200
    return render(request, "caucuses/agreement_show.html", context, status=status)


def _decides_at(seat: Seat) -> datetime | None:
    """When another change is decided, for who is to accept anew before they can read it."""
    if seat.since is None or not seat.must_accept:
        return None
    rows = Proposal.objects.filter(caucus=seat.caucus_id, state=ProposalState.OPEN)
    return rows.values_list("decides_at", flat=True).first()


def _accepted(seat: Seat, versions: list[Agreement]) -> Agreement | None:
    """The version that the reader accepted, where another one is to be accepted now."""
    if not seat.must_accept:
        return None
    return next((row for row in versions if row.number == seat.accepted), None)
