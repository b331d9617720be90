"""Deleting an entry with a way back, taking it back, and deleting it for good."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accountability.journal.actions import delete_entry, destroy_entry, restore_entry
from accountability.journal.lock import behind_lock
from accountability.journal.models import Entry
from accountability.journal.permissions import drafts_visible_to, entries_visible_to
from accountability.journal.reading import lines_of
from accountability.journal.views.read import A_PAGE, entry_of
from core.access import MEMBER, open_to


@open_to(MEMBER)
@require_GET
@behind_lock
def entry_deleted_list(request: HttpRequest) -> HttpResponse:
    """What was deleted and can be taken back, the last one first."""
    rows = entries_visible_to(request.user).deleted().for_list()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": lines_of(page.object_list)}
    return render(request, "journal/entry_deleted_list.html", context)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
def entry_delete(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Ask how, and then delete with thirty days to take it back."""
    entry = entry_of(request, entry_id)
    if request.method == "POST":
        delete_entry(by=request.user, entry=entry)
        messages.success(request, _("Deleted. For 30 days you find it under “Deleted entries”."))
        return redirect("journal:entry_list")
    return _question(request, entry, with_way_back=entry.deleted_at is None)


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@behind_lock
def entry_destroy(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Ask once, and then delete at once and for good. What is gone already is not found; a `once` would write down when."""
    entry = entry_of(request, entry_id)
    if request.method == "POST":
        was_deleted = entry.deleted_at is not None
        destroy_entry(by=request.user, entry=entry)
        messages.success(request, _("Deleted for good."))
        return redirect("journal:entry_deleted_list" if was_deleted else "journal:entry_list")
    return _question(request, entry, with_way_back=False)


@open_to(MEMBER)
@require_POST
@behind_lock
def entry_restore(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take a deleted entry back."""
    restore_entry(by=request.user, entry=entry_of(request, entry_id))
    messages.success(request, _("It is back in your journal."))
    return redirect("journal:entry_show", entry_id)


def _question(request: HttpRequest, entry: Entry, *, with_way_back: bool) -> HttpResponse:
    context = {
        "line": lines_of([entry])[0],
        "with_way_back": with_way_back,
        "has_draft": drafts_visible_to(request.user).filter(pk=entry.pk).exists(),
    }
    return render(request, "journal/entry_delete.html", context)
