"""Reading: the list, one entry, and a page made for paper."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accountability.journal.lock import behind_lock
from accountability.journal.models import Entry
from accountability.journal.permissions import drafts_visible_to, entries_visible_to
from accountability.journal.querysets import EntryQuerySet
from accountability.journal.reading import lines_of, neighbors, shown_of
from core.access import MEMBER, acting_member, open_to, visible_or_404

A_PAGE = 50
ON_PAPER = 200  # entries of a long range that are printed at a time

_MONTH = re.compile(r"((?:19|2[0-9])[0-9]{2})-(0[1-9]|1[0-2])")


@open_to(MEMBER)
@require_GET
@behind_lock
def entry_list(request: HttpRequest) -> HttpResponse:
    """What one was writing, then one's entries, the newest first."""
    member = acting_member(request)
    rows = entries_visible_to(member).kept().for_list()
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    drafts = drafts_visible_to(member).for_list() if page.number == 1 else []
    context = {"page": page, "lines": lines_of(page.object_list), "drafts": lines_of(drafts)}
    return render(request, "journal/entry_list.html", context)


@open_to(MEMBER)
@require_GET
@behind_lock
def entry_show(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry, a deleted one too as long as it can be taken back."""
    member = acting_member(request)
    entry = visible_or_404(entries_visible_to(member), pk=entry_id)
    earlier, later = neighbors(entry, entries_visible_to(member).kept())
    context = {
        "shown": shown_of(entry),
        "earlier": earlier,
        "later": later,
        "has_draft": drafts_visible_to(member).filter(pk=entry_id).exists(),
    }
    return render(request, "journal/entry_show.html", context)


@open_to(MEMBER)
@require_GET
@behind_lock
def entry_print(request: HttpRequest) -> HttpResponse:
    """What was chosen of the journal, oldest first, on a page made for paper; else the choice."""
    rows = entries_visible_to(acting_member(request)).kept()
    chosen = _chosen(rows, request.GET.get("which", ""))
    if chosen is None:
        return render(request, "journal/print_choose.html", {"months": _months(rows)})
    ordered: Any = chosen.order_by("written_at", "id")
    page = Paginator(ordered, ON_PAPER).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": [shown_of(entry, keep=False) for entry in page.object_list],
        "which": request.GET["which"],
    }
    return render(request, "journal/entry_print.html", context)


def _chosen(rows: EntryQuerySet, which: str) -> EntryQuerySet | None:
    """All entries, those of a month (`2026-05`), or one by its id; None when nothing that is meant was chosen."""
    if which == "all":
        return rows
    if found := _MONTH.fullmatch(which):
        first = _midnight(int(found[1]), int(found[2]))
        return rows.filter(written_at__gte=first, written_at__lt=_next_month(first))
    try:
        key = UUID(which)
    except ValueError:
        return None
    return rows.filter(pk=visible_or_404(rows, pk=key).pk)


def _midnight(year: int, month: int) -> datetime:
    return timezone.make_aware(datetime(year, month, 1))


def _next_month(first: datetime) -> datetime:
    ahead = first.month == 12
    return _midnight(first.year + ahead, 1 if ahead else first.month + 1)


def _months(rows: EntryQuerySet) -> list[date]:
    """The months in which something was written, the last one first, as its author's clock has them."""
    found: Any = rows.order_by().datetimes("written_at", "month", order="DESC")
    return [moment.date() for moment in found]


def entry_of(request: HttpRequest, entry_id: UUID) -> Entry:
    """One's own entry, deleted or not; 404 for every other id."""
    return visible_or_404(entries_visible_to(request.user), pk=entry_id)
