"""Writing one down, wording it anew (with both texts where two tabs differ), deleting it, taking it on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accountability.commitments.actions import (
    Conflict,
    delete_commitment,
    edit_commitment,
    make_commitment,
    take_on,
)
from accountability.commitments.choices import Kind
from accountability.commitments.forms import CommitmentForm
from accountability.commitments.lessons import lesson_named
from accountability.commitments.models import Commitment, OrganizationRole
from accountability.commitments.permissions import commitments_kept_by
from accountability.commitments.reading import seen_by, words_of
from accountability.commitments.views.pages import own
from accountability.commitments.views.typed import typed_comes_back, typed_in
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@once
@keeps(CommitmentForm, hidden=["kind", "lesson"])
def commitment_new(request: HttpRequest) -> HttpResponse:
    """Write one down. It is seen by nobody else; who sees it is the next page's question."""
    member = acting_member(request)
    kind, about = _kind(request), lesson_named(member, _asked(request, "lesson"))
    roles = list(OrganizationRole.objects.held_by(member).for_page())
    form = CommitmentForm(request.POST or None, kind=kind, roles=roles)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("role", "")
        commitment = make_commitment(
            by=member,
            kind=kind,
            text=form.text,
            role=next((role for role in roles if str(role.pk) == chosen), None),
            about=about,
            review_on=form.cleaned_data["review_on"],
        )
        messages.success(request, _("Saved. Nobody else sees it; choose here whether somebody should."))  # fmt: skip
        return redirect("commitments:commitment_audience", commitment.pk)
    context = {"form": form, "kind": kind, "kinds": Kind.choices, "about": about}
    return render(request, "commitments/commitment_new.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@once
@keeps(CommitmentForm)
@typed_comes_back
def commitment_edit(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Word it anew. When it was changed elsewhere meanwhile, both texts are shown."""
    row = own(request, commitment_id)
    try:
        form = CommitmentForm.editing(row, request.POST or None)
        if request.method == "GET" or not form.is_valid():
            return render(
                request, "commitments/commitment_edit.html", _about(request, row, form=form)
            )
        edit_commitment(
            by=request.user,
            commitment=row,
            text=form.text,
            seen=form.cleaned_data["version"] or 0,
            review_on=form.cleaned_data["review_on"],
        )
    except Conflict as conflict:
        stored = words_of(conflict.current)
        both = _about(
            request, row, form=CommitmentForm.beside(conflict.current, form), stored=stored
        )
        return render(request, "commitments/commitment_conflict.html", both, status=409)
    except CannotOpen:
        could_not_open(row)
        shut = {"row": row, "typed": typed_in(request)}
        return render(request, "commitments/commitment_shut.html", shut)
    messages.success(request, _("Saved."))
    return redirect("commitments:commitment_show", row.pk)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
def commitment_delete(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Ask, and then delete it."""
    row = own(request, commitment_id)
    if request.method == "POST":
        delete_commitment(by=request.user, commitment=row)
        messages.success(request, _("Deleted, for you and for everybody who could read it."))
        return redirect("commitments:commitment_list")
    context = _about(request, row, words=words_of(row))
    return render(request, "commitments/commitment_delete.html", context)


@open_to(MEMBER)
@require_POST
@once
def commitment_take(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Take on what an earlier holder of one's role promised."""
    row = visible_or_404(commitments_kept_by(request.user).for_page(), pk=commitment_id, role__isnull=False)  # fmt: skip
    take_on(by=request.user, commitment=row)
    messages.success(request, _("You have taken it on. Its witnesses and readers stay as they were; you can change both."))  # fmt: skip
    return redirect("commitments:commitment_show", row.pk)


def _about(request: HttpRequest, row: Commitment, **more: Any) -> dict[str, Any]:
    has_witnesses = row.witnesses.accepted().exists()
    label = seen_by(row, request.user, has_witnesses=has_witnesses)
    return {"row": row, "seen_by": label, "has_witnesses": has_witnesses, **more}


def _kind(request: HttpRequest) -> str:
    kind = _asked(request, "kind")
    return kind if kind in Kind.values else Kind.COMMITMENT.value


def _asked(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")
