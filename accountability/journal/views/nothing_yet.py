"""The journal while nothing can be written in it: an empty page behind the lock."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accountability.journal.lock import behind_lock
from core.access import MEMBER, open_to


@open_to(MEMBER)
@behind_lock
@require_GET
def entry_list(request: HttpRequest, **_ids: object) -> HttpResponse:
    """An empty page."""
    return render(request, "journal/nothing_yet.html")
