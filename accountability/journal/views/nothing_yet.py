"""The journal while nothing can be written in it: an empty page behind the lock."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accountability.journal.lock import behind_lock
from accountability.journal.permissions import entries_visible_to
from core.access import MEMBER, open_to, visible_or_404


@open_to(MEMBER)
@behind_lock
@require_GET
def entry_list(request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return render(request, "journal/nothing_yet.html")


@open_to(MEMBER)
@behind_lock
@require_GET
def entry_show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """An empty page, of an entry of one's own."""
    visible_or_404(entries_visible_to(request.user).kept(), pk=entry_id)
    return render(request, "journal/nothing_yet.html")
