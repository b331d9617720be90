"""One's own commitments with those one witnesses, and one commitment for whoever may read it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accountability.commitments import showing
from accountability.commitments.choices import WitnessState
from accountability.commitments.models import Commitment, OrganizationRole, Witness
from accountability.commitments.permissions import (
    can_change_commitment,
    can_keep_commitment,
    commitments_changeable_by,
    commitments_visible_to,
    copies_visible_to,
    newest_kept_by,
    witnesses_shown_to,
    witnessing_of,
)
from accountability.commitments.reading import both_texts, lines_of, shown_of
from accountability.commitments.views.public import copy_page
from cohorts.reading import own_cohorts
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.prepared import Prepared, Somebody

A_PAGE = 20


@lru_cache(maxsize=20)  # who turns further back waits a little longer
def _kept(first: int) -> Prepared[Commitment]:
    return Prepared(lambda: newest_kept_by(Somebody(), first, first + A_PAGE + 1).for_list())


_WITNESSING = Prepared(lambda: witnessing_of(Somebody()))
_OFFERED = Prepared(lambda: OrganizationRole.objects.offered_to(Somebody()).for_page())


@open_to(MEMBER)
@require_GET
def commitment_list(request: HttpRequest) -> HttpResponse:
    """What I keep, for myself and for my roles, what I witness, and who asks me."""
    member = acting_member(request)
    number = _number(request.GET.get("page", ""))
    first = (number - 1) * A_PAGE
    found = _kept(first).ask(member=member.pk)
    mine, more = found[:A_PAGE], found[A_PAGE:]
    asked = _WITNESSING.ask(member=member.pk)
    witnessed = [row.commitment_id for row in asked if row.state == WitnessState.ACCEPTED]
    rows = Commitment.objects.filter(pk__in=witnessed)
    others = list(rows.for_list()) if witnessed else []  # type: ignore[attr-defined]
    lines = lines_of([*mine, *others], member)
    context = {
        "lines": showing.shown(lines[: len(mine)]),
        "witnessed": showing.shown(lines[len(mine) :], names=True),
        "invitations": [row for row in asked if row.state == WitnessState.INVITED],
        "offers": _OFFERED.ask(member=member.pk),
        "cohorts": sorted(own_cohorts(request), key=lambda cohort: cohort.name),
        "newer": number - 1,
        "older": number + 1 if more else 0,
    }
    return render(request, "commitments/commitment_list.html", context)


@open_to(MEMBER)
@require_GET
def commitment_show(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """One commitment: as its keeper, a witness or the buddy sees it; an invitation; else the copy for one's cohort."""
    member = acting_member(request)
    row = commitments_visible_to(member).for_page().filter(pk=commitment_id).first()
    witness = witnessing_of(member).filter(commitment=commitment_id).first()
    if row is not None:
        return render(request, "commitments/commitment_show.html", _page(member, row, witness))
    if witness is not None:
        return render(request, "commitments/witness_invited.html", _invitation(witness))
    copies = copies_visible_to(member).select_related("cohort")
    return copy_page(request, visible_or_404(copies, commitment=commitment_id))


def _number(typed: str) -> int:
    """The number of a page as it stands in the address; the first one for anything else. Nothing is counted for it."""
    return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1


def _page(member: Any, row: Commitment, witness: Witness | None) -> dict[str, Any]:
    shown = shown_of(row, member)
    keeps = can_keep_commitment(member, row)
    return {
        "shown": shown,
        "row": row,
        "keeps": keeps,
        "changes": can_change_commitment(member, row),
        "witnesses": witnesses_shown_to(member, row),
        "witness": witness,
        "before": both_texts(row, witness, shown) if witness is not None else None,
        "is_near": keeps and row.review_on is not None and row.review_on <= timezone.localdate(),
    }


def _invitation(witness: Witness) -> dict[str, Any]:
    rows = Commitment.objects.for_page()
    return {"witness": witness, "row": rows.get(pk=witness.commitment_id)}


def own(request: HttpRequest, commitment_id: UUID) -> Commitment:
    """A commitment that the member keeps and may change; 404 for every other id."""
    return visible_or_404(commitments_changeable_by(request.user).for_page(), pk=commitment_id)
