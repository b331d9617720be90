"""Saying how it goes, and moving the day on which one looks at it again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accountability.commitments.actions import add_progress, snooze
from accountability.commitments.choices import Circle
from accountability.commitments.forms import ProgressForm, SnoozeForm
from accountability.commitments.models import Commitment
from accountability.commitments.reading import seen_by, words_of
from accountability.commitments.views.pages import own
from accountability.commitments.views.typed import typed_comes_back
from core.access import MEMBER, open_to
from core.idempotency import once
from core.keptform import keeps

#: How much later, in days, the buttons offer to look at it.
LATER = (7, 14, 30)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@once
@keeps(ProgressForm)
@typed_comes_back
def commitment_progress(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """How it goes: a sentence and a word."""
    row = own(request, commitment_id)
    form = ProgressForm(request.POST or None, published_to=_published_to(row), initial={"publishes": True})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        add_progress(
            by=request.user,
            commitment=row,
            sentence=said["sentence"],
            state=said["state"],
            reason=said["reason"],
            publishes=said.get("publishes", False),
            review_on=said["review_on"],
        )
        messages.success(request, _("Saved."))
        return redirect("commitments:commitment_show", row.pk)
    context = {"row": row, "form": form, "words": words_of(row), "seen_by": _label(request, row)}
    return render(request, "commitments/commitment_progress.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@once
@keeps(SnoozeForm, hidden=["later"])
def commitment_snooze(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Another day on which to look at it: by a button, or any day."""
    row = own(request, commitment_id)
    today = timezone.localdate()
    offered = {str(days): today + timedelta(days=days) for days in LATER}
    form = SnoozeForm(request.POST or None, initial={"until": row.review_on})
    until = offered.get(request.POST.get("later", ""))
    if request.method == "POST" and (until or form.is_valid()):
        snooze(by=request.user, commitment=row, until=until or form.cleaned_data["until"])
        messages.success(request, _("Moved. Nothing here is ever late."))
        return redirect("commitments:commitment_show", row.pk)
    context = {"row": row, "form": form, "offered": offered.items()}
    return render(request, "commitments/commitment_snooze.html", context)


def _published_to(row: Commitment) -> str:
    """What the box says that publishes the sentence, too; nothing where no copy is read."""
    if row.circle == Circle.PUBLIC:
        return _("Show this sentence and this word to everybody, beside the published copy")
    if row.cohort is not None:
        words = _("Show this sentence and this word to the people in %(cohort)s, too")
        return words % {"cohort": row.cohort.name}
    return ""


def _label(request: HttpRequest, row: Commitment) -> str:
    return seen_by(row, request.user, has_witnesses=row.witnesses.accepted().exists())
