"""The member's own page about buddies, and the pages of a pair that has ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accountability.buddies.choices import LAPSES_AFTER, WhyNot
from accountability.buddies.forms import AddressForm, ListedForm
from accountability.buddies.models import Openness, Pair, Place
from accountability.buddies.permissions import members_askable_by, pairs_visible_to
from accountability.buddies.reading import places_of, shared_of, waiting_for
from core.access import MEMBER, acting_member, open_to, visible_or_404

ENDED = _("This pair has ended, or you have left it. Nothing was changed.")


@open_to(MEMBER)
@require_GET
def buddy_show(request: HttpRequest) -> HttpResponse:
    """My pair, or the ways to find a buddy."""
    return buddy_page(request)


@open_to(MEMBER)
@require_GET
def pair_show(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """A pair that has ended, or that I left, while I can read it. One that goes on stands on the page before."""
    member = acting_member(request)
    pair = visible_or_404(pairs_visible_to(member), pk=pair_id)
    place = Place.objects.select_related("pair").get(pair=pair, member=member)
    if place.left_at is None:
        return redirect("buddies:buddy_show")
    return render(request, "buddies/pair_show.html", {"shared": shared_of(place, member)})


def buddy_page(
    request: HttpRequest,
    *,
    listed: ListedForm | None = None,
    by_address: AddressForm | None = None,
    refused: WhyNot | None = None,
    unsent: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; with a form that needs attention, or with why nothing was sent and the words that were not."""
    member = acting_member(request)
    place, left = places_of(member)
    context: dict[str, Any] = {
        "left": left,
        "refused": refused.label if refused else "",
        "unsent": unsent,
    }
    if place is not None:
        context |= {"shared": shared_of(place, member), "openness": place.is_listed}
    else:
        context |= _ways(member, listed, by_address)
    return render(request, "buddies/buddy_show.html", context, status=status)


def pair_of(request: HttpRequest, pair_id: UUID) -> Pair:
    """The pair, if this member may read it; 404 otherwise, as for one that never was."""
    return visible_or_404(pairs_visible_to(request.user), pk=pair_id)


def _ways(member: Any, listed: ListedForm | None, by_address: AddressForm | None) -> dict[str, Any]:
    """What a member without a buddy sees. While a request of theirs waits, they ask nobody else."""
    mine, incoming = waiting_for(member)
    found: dict[str, Any] = {
        "incoming": incoming,
        "openness": Openness.objects.filter(member=member).exists(),
    }
    if mine is not None:
        return {**found, "asked": mine, "lapses_at": mine.request.asked_at + LAPSES_AFTER}
    return {
        **found,
        "askable": members_askable_by(member),
        "listed": listed or ListedForm(auto_id="listed_%s"),
        "by_address": by_address or AddressForm(auto_id="address_%s"),
    }
