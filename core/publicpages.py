"""Public pages from memory for who is signed out: made once for each language, kept until something is published.

Only whole answers that say nothing about their reader: no cookie, no form token, no query. Members never get one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.db.utils import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from core.content import version_for
from core.logs import route_of

Next = Callable[[HttpRequest], HttpResponse]
Kept = tuple[bytes, list[tuple[str, str]], str]
MOST_PAGES = 1_000
MOST_BYTES = 32_000_000
#: What is made anew for each answer.
OWN_HEADERS = frozenset({"x-request-id", "content-length", "set-cookie"})


class Shelf:
    """Answers by key, the least used going first. Shared by the threads of one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple[str, ...]) -> Kept | None:
        """What is kept under the key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], kept: Kept) -> None:
        """Keep an answer; older ones go when there are too many."""
        with self._lock:
            self._bytes += len(kept[0]) - len(self._kept.pop(key, (b"", [], ""))[0])
            self._kept[key] = kept
            while len(self._kept) > MOST_PAGES or self._bytes > MOST_BYTES:
                _key, old = self._kept.popitem(last=False)
                self._bytes -= len(old[0])


class PublicPagesMiddleware:
    """First after the health addresses. Everything else of the stack runs when a page is made, not when it is given out."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give out the kept page, or have it made and keep it."""
        if not may_be_kept(request):
            return self.get_response(request)
        try:
            version = version_for(request)
        except DatabaseTrouble:
            return self.get_response(request)  # which says so in its own way
        key = (version, request.META.get("HTTP_HOST", ""), request.path_info, _language(request), str(request.scheme))  # fmt: skip
        kept = self.shelf.get(key)
        if kept is None:
            response = self.get_response(request)
            if _says_nothing_of_its_reader(response):
                headers = [(name, value) for name, value in response.items() if name.lower() not in OWN_HEADERS]  # fmt: skip
                self.shelf.put(key, (response.content, headers, route_of(request)))
            return response
        body, headers, request.kept_route = kept  # type: ignore[attr-defined]
        return HttpResponse(body, headers=dict(headers))


def may_be_kept(request: HttpRequest) -> bool:
    """Whether this asks for a page that is the same for everybody who is signed out."""
    path = request.path_info
    return (
        request.method == "GET"
        and (path == "/" or path.startswith(settings.PUBLIC_PAGES))
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def _language(request: HttpRequest) -> str:
    return get_language_from_request(request)


def _says_nothing_of_its_reader(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        and b"csrfmiddlewaretoken" not in response.content
    )
