"""What an open page asks every few seconds: whether somebody has said something since."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from caucuses.entering import seated_quietly
from caucuses.models import Seat
from caucuses.stretches import key_named
from caucuses.threads.news import news_for, revision_of, tag
from core.access import MEMBER, open_to


@open_to(MEMBER)
@require_GET
@seated_quietly
def thread_news(request: HttpRequest, seat: Seat, thread_id: UUID) -> HttpResponse:
    """The words of a button and where it leads, or nothing; 304 as long as the conversation has not changed.

    The browser keeps none of it (`no-store`); the page itself remembers the validator and sends it.
    """
    revision = revision_of(seat, thread_id)
    if revision is None:
        raise Http404
    behind = key_named(request, "after")
    etag = tag(seat, revision, behind)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        unchanged["ETag"] = etag
        return unchanged
    news = news_for(seat, thread_id, behind)
    found: dict[str, str] = {}
    if news is not None:
        place = reverse("threads:post_show", args=[seat.caucus_id, thread_id, news.first])
        found = {"words": news.words, "address": place}
    return JsonResponse(found, headers={"ETag": etag})
