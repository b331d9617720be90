"""The page of the search. Words are logged nowhere and kept nowhere; the answer is stored by no cache."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.access import ANYONE, open_to
from curriculum.search.finding import Found, search
from curriculum.search.kinds import Kind
from curriculum.search.words import MOST_LETTERS, asked

A_PAGE = 20  # of one kind
A_FEW = 5  # of each kind, when there are several


@open_to(ANYONE)
@never_cache
@require_GET
def search_show(request: HttpRequest) -> HttpResponse:
    """Lessons, facts and terms that hold the words asked for, as this reader may open them."""
    words = asked(request.GET.get("q", ""))
    context: dict[str, Any] = {"words": words.text, "most": MOST_LETTERS}
    if words.text:
        found = search(words, request)
        kinds = [kind for kind in found.kinds if len(kind)]
        context |= {"found": found, "kinds": kinds, "sections": _sections(found, request)}
    return render(request, "curriculum/search_show.html", context)


def _sections(found: Found, request: HttpRequest) -> list[dict[str, Any]]:
    """The kind that was chosen, or that alone was found, in pages; else the first rows of each."""
    kinds = [kind for kind in found.kinds if len(kind)]
    name = request.GET.get("kind", "")
    chosen = [kind for kind in kinds if kind.name == name]
    if chosen or len(kinds) == 1:
        return [_page_of((chosen or kinds)[0], request)]
    return [_few_of(kind) for kind in kinds]


def _page_of(kind: Kind, request: HttpRequest) -> dict[str, Any]:
    page = Paginator(kind.ids, A_PAGE).get_page(request.GET.get("page"))
    return {"kind": kind, "lines": kind.show(list(page.object_list)), "page": page}


def _few_of(kind: Kind) -> dict[str, Any]:
    return {"kind": kind, "lines": kind.show(kind.ids[:A_FEW]), "has_more": len(kind) > A_FEW}
