"""Looking through one's own entries by words, tag, suggestion and days. What is looked for is kept and written nowhere."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accountability.journal.lock import behind_lock
from accountability.journal.permissions import entries_visible_to
from accountability.journal.reading import lines_of
from accountability.journal.search_form import SearchForm
from accountability.journal.searching import Asked, Found, look
from accountability.journal.views.read import A_PAGE
from core.access import MEMBER, acting_member, open_to
from core.keptform import keeps


@open_to(MEMBER)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@behind_lock
@keeps(SearchForm, hidden=["page"])
def entry_search(request: HttpRequest) -> HttpResponse:
    """The form with all tags and suggestions of one's journal and, once it was sent, what was found."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    asked = form.asked
    found = look(acting_member(request), asked)
    form.offer(found)
    context: dict[str, Any] = {"form": form, "asked": asked, "found": found}
    if asked:
        context |= _page(request, asked, found)
    return render(request, "journal/entry_search.html", context)


def _page(request: HttpRequest, asked: Asked, found: Found) -> dict[str, Any]:
    """The page of what was found that was asked for, in the order in which it was found."""
    page = Paginator(found.ids, A_PAGE).get_page(request.POST.get("page"))
    mine = entries_visible_to(request.user).kept().for_list()
    rows = mine.filter(pk__in=list(page.object_list))
    return {"page": page, "lines": lines_of(rows, asked.words)}
