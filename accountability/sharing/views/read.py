"""Reading an excerpt, taking it back, and a copy of what one shares. None but the copy needs the journal's lock.

What is read here is the pair's, not the journal's: a reader has no journal to unlock for it, and taking back must not wait.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accountability.journal.lock import behind_lock, stored_nowhere
from accountability.sharing.actions import take_back
from accountability.sharing.permissions import (
    can_take_back_excerpt,
    excerpts_takeable_by,
    excerpts_visible_to,
)
from accountability.sharing.reading import shown_of
from accountability.sharing.taking import taken_along
from core.access import MEMBER, acting_member, open_to, visible_or_404
from core.idempotency import once


@open_to(MEMBER)
@require_GET
def excerpt_show(request: HttpRequest, excerpt_id: UUID) -> HttpResponse:
    """One excerpt, for those of the pair. What was taken back is the same 404 as what never was."""
    excerpt = visible_or_404(
        excerpts_visible_to(request.user).select_related("author"), pk=excerpt_id
    )
    context = {"shown": shown_of(excerpt), "mine": can_take_back_excerpt(request.user, excerpt)}
    return stored_nowhere(render(request, "sharing/excerpt_show.html", context))


@open_to(MEMBER)
@require_POST
@once
def excerpt_take_back(request: HttpRequest, excerpt_id: UUID) -> HttpResponse:
    """Take one's own excerpt back, with one press and at once."""
    excerpt = visible_or_404(excerpts_takeable_by(request.user), pk=excerpt_id)
    take_back(by=acting_member(request), excerpt=excerpt)
    messages.success(request, _("Taken back. Nobody else can read it any more."))
    return redirect("buddies:buddy_show")


@open_to(MEMBER)
@require_GET
@behind_lock
def excerpt_export(request: HttpRequest) -> HttpResponse:
    """A file with what one shares oneself, and nobody else's. Its name says nothing of what it is."""
    rows = excerpts_takeable_by(request.user).for_list()
    response = JsonResponse({"excerpts": taken_along(rows)}, json_dumps_params={"indent": 2})
    name = f"export-{timezone.localdate().isoformat()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
