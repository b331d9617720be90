"""The letter on the desk: what is being written, what it will look like, publishing it, and its history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accountability.letter.actions import (
    NotReady,
    StaleDraft,
    discard_draft,
    publish,
    save_draft,
)
from accountability.letter.actions.writing import what_is_missing
from accountability.letter.comparing import compare
from accountability.letter.forms import DraftForm
from accountability.letter.models import LetterVersion
from accountability.letter.permissions import current_version, versions_visible_to
from core.access import BACKBONE, open_to
from core.idempotency import once
from core.keptform import keeps
from core.text import clean_markdown, trusted


@open_to(BACKBONE)
@require_GET
def letter_desk(request: HttpRequest) -> HttpResponse:
    """The draft with what it still needs, and every version that was published."""
    rows = versions_visible_to(request.user).select_related("written_by").order_by("-number")
    versions = [row for row in rows if not row.is_draft]
    draft = next((row for row in rows if row.is_draft), None)
    current = versions[0] if versions else None
    context: dict[str, Any] = {"draft": draft, "versions": versions, "current": current}
    if draft is not None:
        context["missing"] = what_is_missing(draft, current)
    return render(request, "backbone/letter_desk.html", context)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(DraftForm, hidden=["act"])
def letter_write(request: HttpRequest) -> HttpResponse:
    """Write the draft. A new one begins with the words of the current version; of two who write, neither overwrites the other."""
    draft = LetterVersion.objects.drafts().first()
    if request.method == "GET":
        form = DraftForm.of(draft or current_version(), seen=draft.mark if draft else "")
        return render(request, "backbone/letter_write.html", {"form": form})
    form = DraftForm(request.POST)
    if not form.is_valid():
        return render(request, "backbone/letter_write.html", {"form": form})
    data = form.cleaned_data
    if request.POST.get("act") == "preview":
        return render(request, "backbone/letter_write.html", {"form": form, **_preview(data)})
    try:
        save_draft(**data, by=request.user)
    except StaleDraft as stale:
        return _conflict(request, stale.current, data)
    messages.success(request, _("Saved. Only the backbone team reads it until it is published."))
    return redirect("backbone:letter_desk")


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(hidden=["seen"])
def letter_publish(request: HttpRequest) -> HttpResponse:
    """Say who will be asked and what changes, and then publish."""
    draft = LetterVersion.objects.drafts().first()
    if draft is None:
        messages.info(request, _("There is no draft now: it was published or thrown away meanwhile."))  # fmt: skip
        return redirect("backbone:letter_desk")
    if request.method == "GET":
        return _publish_page(request, draft)
    try:
        version = publish(seen=request.POST.get("seen", ""), by=request.user)
    except StaleDraft as stale:
        if stale.current is None:
            messages.info(request, _("There is no draft now: it was published or thrown away meanwhile."))  # fmt: skip
            return redirect("backbone:letter_desk")
        return _publish_page(request, stale.current, stale=True)
    except NotReady:
        return _publish_page(request, draft)
    said = {"number": version.number}
    messages.success(request, _("Published: version %(number)s stands on the public page.") % said)
    return redirect("letter:letter_show")


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
@keeps(hidden=["seen"])
def letter_discard(request: HttpRequest) -> HttpResponse:
    """Ask, and then throw the draft away."""
    draft = LetterVersion.objects.drafts().select_related("written_by").first()
    if draft is None:
        messages.info(request, _("There is no draft now: it was published or thrown away meanwhile."))  # fmt: skip
        return redirect("backbone:letter_desk")
    if request.method == "GET":
        return render(request, "backbone/letter_discard.html", {"draft": draft})
    try:
        discard_draft(seen=request.POST.get("seen", ""), by=request.user)
    except StaleDraft:
        context = {"draft": draft, "stale": True}
        return render(request, "backbone/letter_discard.html", context, status=409)
    messages.success(request, _("The draft is gone. Published versions are as they were."))
    return redirect("backbone:letter_desk")


def _preview(data: dict[str, Any]) -> dict[str, Any]:
    """Both parts as they will look."""
    return {
        "previewed": True,
        "process_shown": trusted(clean_markdown(data["process"])),
        "outcome_shown": trusted(clean_markdown(data["outcome"])),
    }


def _conflict(request: HttpRequest, current: LetterVersion | None, data: dict[str, Any]) -> HttpResponse:  # fmt: skip
    """Both texts, when the draft was saved, published or thrown away by another meanwhile."""
    form = DraftForm(initial=data | {"seen": current.mark if current else ""})
    typed = LetterVersion(process=data["process"], outcome=data["outcome"])
    compared = compare(current, typed) if current else []
    context = {"current": current, "form": form, "changes": compared}
    return render(request, "backbone/letter_conflict.html", context, status=409)


def _publish_page(request: HttpRequest, draft: LetterVersion, *, stale: bool = False) -> HttpResponse:  # fmt: skip
    current = current_version()
    context = {
        "draft": draft,
        "current": current,
        "number": current.number + 1 if current else 1,
        "missing": what_is_missing(draft, current),
        "changes": compare(current, draft) if current else [],
        "stale": stale,
    }
    status = 409 if stale or (context["missing"] and request.method == "POST") else 200
    return render(request, "backbone/letter_publish.html", context, status=status)
