"""How a public file is given out: in pieces, with a mark of its version, to programs of other sites too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import ANYONE, open_to
from core.content import version_for

FRESH_FOR = "public, max-age=300"
Pieces = Callable[[str], Iterable[str]]
View = Callable[[HttpRequest], HttpResponseBase]


def public_file(kind: str, *, several: bool = True) -> Callable[[Pieces], View]:
    """Make a view of a function that gives the pieces of a file, all languages or one (`?lang=es`).

    `several` says whether the file holds all languages when none is asked for; else it is in the first one.
    """

    def made(pieces: Pieces) -> View:
        @open_to(ANYONE)
        @require_safe
        @wraps(pieces)
        def view(request: HttpRequest) -> HttpResponseBase:
            language = asked_language(request) or ("" if several else settings.LANGUAGE_CODE)
            etag = quote_etag(f"{version_for(request)}-{language}")
            response = get_conditional_response(request, etag=etag) or _whole(request, pieces, language)  # fmt: skip
            return _with_headers(response, kind, etag, language)

        return view

    return made


def asked_language(request: HttpRequest) -> str:
    """The language that the address asks for, empty for none. Raises Http404 for one that this site does not have."""
    language = request.GET.get("lang", "")
    if language and language not in dict(settings.LANGUAGES):
        raise Http404(_("This site has no such language."))
    return language


def _whole(request: HttpRequest, pieces: Pieces, language: str) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    return StreamingHttpResponse(_in_packets(pieces(language)))


def _in_packets(pieces: Iterable[str], size: int = 16_384) -> Any:
    """The pieces in fewer, larger ones, which a connection carries faster."""
    waiting, length = [], 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= size:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    yield "".join(waiting).encode()


def _with_headers(response: HttpResponseBase, kind: str, etag: str, language: str) -> HttpResponseBase:  # fmt: skip
    response["Cache-Control"] = FRESH_FOR
    response["Access-Control-Allow-Origin"] = (
        "*"  # it is public, and a reader's cookies are not asked for
    )
    response["ETag"] = etag
    if response.status_code == 200:
        response["Content-Type"] = kind
        response["Content-Language"] = language or ", ".join(code for code, _name in settings.LANGUAGES)  # fmt: skip
    return response
