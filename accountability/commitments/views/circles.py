"""Who sees it: fewer people at once, more people after a page that shows what they will see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.buddies.permissions import buddies_of
from accountability.commitments.actions import Conflict, NoName, narrow, widen
from accountability.commitments.actions.copies import has_name, public_name
from accountability.commitments.choices import CHANGES, PUBLISHED, Circle, Step
from accountability.commitments.forms import CircleForm
from accountability.commitments.models import Commitment
from accountability.commitments.permissions import cohorts_to_share_with
from accountability.commitments.reading import seen_by, words_of
from accountability.commitments.views.pages import own
from core.access import MEMBER, acting_member, open_to
from core.crypto.envelope import CannotOpen
from core.idempotency import once
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(CircleForm)
def commitment_audience(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Choose who sees it. Narrowing happens at once; widening asks once more."""
    member, row = acting_member(request), own(request, commitment_id)
    form = CircleForm(
        request.POST or None,
        cohorts=cohorts_to_share_with(member),
        name=public_name(row),
        initial={"circle": _now(row)},
    )
    if request.method == "GET" or not form.is_valid():
        return _choice(request, row, form)
    circle, cohort = form.chosen
    if form["circle"].value() == _now(row):
        return redirect("commitments:commitment_show", row.pk)
    if CHANGES[row.circle, circle] == Step.NARROWS:
        return _narrowed(request, row, form)
    if circle in PUBLISHED and not has_name(row):
        return _nameless(request, row, form)
    if not form.cleaned_data["sure"] or not _is_meant(form, circle):
        return _question(request, row, form)
    try:
        widen(by=member, commitment=row, circle=circle, cohort=cohort, seen=form.cleaned_data["version"] or 0)  # fmt: skip
    except Conflict as conflict:
        return _question(request, conflict.current, form, changed=True)
    except NoName:
        return _nameless(request, row, form)
    messages.success(request, _("Done. The label beside it says who sees it now."))
    return redirect("commitments:commitment_show", row.pk)


def _narrowed(request: HttpRequest, row: Commitment, form: CircleForm) -> HttpResponse:
    circle, cohort = form.chosen
    try:
        narrow(by=request.user, commitment=row, circle=circle, cohort=cohort)
    except CannotOpen:  # a copy for a cohort cannot be made of it
        form.add_error("circle", _("This text cannot be opened, so no copy can be made of it. Choose “Only me”."))  # fmt: skip
        return _choice(request, row, form)
    messages.success(request, _("Done. From now on only those whom the label names see it."))
    return redirect("commitments:commitment_show", row.pk)


def _is_meant(form: CircleForm, circle: str) -> bool:
    """Whether the name may be shown, where one would be; nothing is published without a yes to it."""
    if circle not in PUBLISHED or form.cleaned_data["named"]:
        return True
    sentence = _("Nothing was published. Tick this if your text may stand under that name, or choose fewer people.")  # fmt: skip
    form.add_error("named", sentence)
    return False


def _nameless(request: HttpRequest, row: Commitment, form: CircleForm) -> HttpResponse:
    """Nothing is published under no name; the page leads to where one is chosen."""
    form.add_error("circle", _("You go by no name here yet, and what is published stands under one. Nothing was changed: choose a name first, or fewer people."))  # fmt: skip
    return _choice(request, row, form)


def _choice(request: HttpRequest, row: Commitment, form: CircleForm) -> HttpResponse:
    label = seen_by(row, request.user, has_witnesses=row.witnesses.accepted().exists())
    context = {"row": row, "form": form, "seen_by": label, "has_cohorts": bool(form.cohorts), "has_name": has_name(row)}  # fmt: skip
    return render(request, "commitments/commitment_audience.html", context)


def _question(
    request: HttpRequest, row: Commitment, form: CircleForm, *, changed: bool = False
) -> HttpResponse:
    circle, cohort = form.chosen
    words = words_of(row)
    if words.is_shut:
        form.add_error("circle", _("This text cannot be opened, so nobody else can be shown it."))
        return _choice(request, row, form)
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "words": words,
        "changed": changed,
        "circle": form["circle"].value(),
        "cohort": cohort,
        "is_public": circle == Circle.PUBLIC,
        "is_published": circle in PUBLISHED,
        "name": public_name(row),
        "buddies": buddies_of(request.user) if circle == Circle.BUDDY else [],
    }
    return render(
        request, "commitments/commitment_widen.html", context, status=409 if changed else 200
    )


def _now(row: Commitment) -> str:
    return f"cohort:{row.cohort.slug}" if row.cohort is not None else row.circle
