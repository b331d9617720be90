"""The list of a pair's check-ins, and what was kept for its author when a pair ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accountability.buddies.permissions import pairs_visible_to
from accountability.checkins.actions import delete_kept
from accountability.checkins.choices import KEPT_FOR
from accountability.checkins.models import PartDraft
from accountability.checkins.permissions import check_ins_visible_to, drafts_visible_to
from accountability.checkins.reading import opened
from core.access import MEMBER, open_to, visible_or_404

A_PAGE = 20


@open_to(MEMBER)
@require_GET
def check_in_list(request: HttpRequest, pair_id: UUID) -> HttpResponse:
    """The check-ins of a pair, the newest first."""
    pair = visible_or_404(pairs_visible_to(request.user), pk=pair_id)
    rows: Any = check_ins_visible_to(request.user).settled().filter(pair=pair)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "checkins/check_in_list.html", {"page": page, "pair": pair})


@open_to(MEMBER)
@require_GET
def kept_show(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What one was writing when the pair ended: to read, to copy, to delete."""
    rows = drafts_visible_to(request.user).kept().select_related("check_in__pair")
    draft = visible_or_404(rows, pk=draft_id)
    context = {"kept": opened(draft), "goes_on": _goes_on(draft)}
    return render(request, "checkins/kept_show.html", context)


@open_to(MEMBER)
@require_POST
def kept_delete(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete it at once."""
    draft = visible_or_404(drafts_visible_to(request.user).kept(), pk=draft_id)
    delete_kept(draft=draft, by=request.user)
    messages.success(request, _("Deleted."))
    return redirect("buddies:buddy_show")


def _goes_on(draft: PartDraft) -> datetime:
    """When it goes by itself: after 30 days, at the latest with the pair."""
    since = [draft.kept_since, draft.check_in.pair.ended_at]
    return min(moment for moment in since if moment is not None) + KEPT_FOR
