"""The error pages and the small public files that belong to no app."""

import mimetypes
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.storage import FileSystemStorage, storages
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.i18n import set_language
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

from core.access import ANYONE, open_to
from core.crypto.keyring import KeyMissing
from core.disk import is_full
from core.elsewhere import from_elsewhere
from core.keptform import typed_fields, unavailable
from core.ranges import in_part
from core.storage import is_storage_trouble


def error_page(
    request: HttpRequest, template: str, *, status: int, **context: object
) -> HttpResponse:
    """A page that says what went wrong and names no address: two unlike addresses get equal pages (the same 404).

    Without this the forms and links of the frame around it would lead back to where the reader was.
    """
    request.names_no_address = True  # type: ignore[attr-defined]
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for a request that cannot be understood."""
    return error_page(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what one may see but not do; says what the rule says, and gives back what was typed."""
    context = {"sentence": str(exception or ""), "typed": typed_fields(request)}
    return error_page(request, "403.html", status=403, **context)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one page for what is not there and for what one may not know of. What was typed for either is given back."""
    return error_page(request, "404.html", status=404, typed=typed_fields(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for our own faults; needs neither database nor session.

    A database, keyring or storage that does not answer, a full disk, and a database that was not migrated are a 503 (H3, H4).
    """
    problem = sys.exception()
    if is_full(problem):
        return unavailable(request, is_full=True)
    is_away = isinstance(problem, (OperationalError, InterfaceError, KeyMissing))
    if is_away or _lacks_tables(problem) or is_storage_trouble(problem):
        return unavailable(request)
    context = {"request_id": getattr(request, "request_id", "")}
    return render(None, "500.html", context, status=500)  # type: ignore[arg-type]


def _lacks_tables(problem: BaseException | None) -> bool:
    """Whether PostgreSQL does not know a table or column; SQLite says the same by an OperationalError."""
    return getattr(getattr(problem, "__cause__", None), "sqlstate", "") in {"42P01", "42703"}


@open_to(ANYONE)
@csrf_exempt
def language_set(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back; another site's form cannot.

    It has no CSRF token, so that a visitor who only reads gets no cookie: the browser's own word on where a
    post comes from is enough for a choice that changes nothing but the language of the page.
    """
    if from_elsewhere(request):
        raise PermissionDenied(
            _("Another site tried to change the language here; nothing changed.")
        )
    _remember(request, request.POST.get("language", ""))
    response = set_language(request)
    asked, host = request.POST.get("next", ""), request.get_host()
    if url_has_allowed_host_and_scheme(asked, {host}, require_https=request.is_secure()):
        # Django would read the address as if it began with the language of this request.
        response["Location"] = iri_to_uri(_in_language(asked, request.POST.get("language", "")))
    return response


def _remember(request: HttpRequest, language: str) -> None:
    """The choice of somebody who is signed in is theirs on every device; it would win over the cookie."""
    member: Any = request.user
    if (
        language in dict(settings.LANGUAGES)
        and member.is_authenticated
        and member.language != language
    ):
        member.language = language
        member.save(update_fields=["language"])


def _in_language(address: str, language: str) -> str:
    """The same page in this language, whatever language its address begins with; unknown ones stay as they are."""
    here = get_language_from_path(address) or settings.LANGUAGE_CODE
    known = check_for_language(language) and language in dict(settings.LANGUAGES)
    with override(here):
        return translate_url(address, language) if known else address


@open_to(ANYONE)
@require_safe
def media_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """A resized picture of a published page. Originals and documents are never served from the folder of uploads."""
    try:
        response = _picture(request, name)
    except (ValueError, OSError, SuspiciousOperation) as problem:
        if is_storage_trouble(problem):  # some of which is an OSError
            raise
        raise Http404 from None  # a NUL, or a longer name than can be
    response["Cache-Control"] = "public, max-age=604800"
    return response


def _picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Raises OSError for one that is not there, and what the storage raises."""
    if isinstance(storages["default"], FileSystemStorage):
        return serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    if "\\" in name or ".." in name:  # a bucket has no folders that one could not leave
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with storages["default"].open(f"images/{name}") as picture:
        return HttpResponse(picture.read(), content_type=kind)


@open_to(ANYONE)
@require_safe
def document_show(request: HttpRequest, document_id: str, name: str) -> HttpResponseBase:
    """A document or a recording, or the part of it that is asked for. Wagtail asks who may read it (`core.wagtail_hooks`).

    Whatever it holds, it runs as no page: its kind is not guessed, and nothing in it may load or do anything.
    """
    response = serve_document(request, document_id, name)
    if response.get("Content-Disposition", "").startswith("attachment"):
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return in_part(request, response)


@open_to(ANYONE)
def robots_show(_request: HttpRequest) -> HttpResponse:
    """`/robots.txt`: what is not for search engines."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /account/", "Disallow: /search/"]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap_show')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
