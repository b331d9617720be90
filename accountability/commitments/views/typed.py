"""What somebody typed comes back to them when the commitment is not there any more, or not theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

#: The fields of the forms that hold sentences, in their order on the page.
SENTENCES = ("will", "by", "first_step", "know", "sentence", "reason")

View = Callable[[HttpRequest, UUID], HttpResponse]


def typed_in(request: HttpRequest) -> list[str]:
    """The sentences that were sent; none for a page that was only opened."""
    sent = (request.POST.get(name, "").strip() for name in SENTENCES)
    return [words for words in sent if words]


def typed_comes_back(view: View) -> View:
    """The same 404 for what is not one's own and for what is not there any more, with what was typed on its page.

    Also for who lost the role while they wrote.
    """

    @wraps(view)
    def answer(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
        try:
            return view(request, commitment_id)
        except (Http404, PermissionDenied):
            typed = typed_in(request)
            if not typed:
                raise
        request.names_no_address = True  # type: ignore[attr-defined]  # see core.views.error_page
        return render(request, "commitments/commitment_gone.html", {"typed": typed}, status=404)

    return answer
