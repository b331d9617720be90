"""The letter for everybody: the current version, the older ones, what changed, and the files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import quote_etag
from django.views.decorators.http import etag, require_GET, require_safe

from accountability.letter.comparing import changes
from accountability.letter.files import atom_feed, signatures_csv
from accountability.letter.models import LetterVersion, Signature
from accountability.letter.permissions import (
    can_confirm_signature,
    can_write_letter,
    current_version,
    signatures_owned_by,
    signatures_spoken_for_by,
)
from accountability.letter.showing import listing, signatures_of
from core.access import ANYONE, open_to, visible_or_404
from core.content import asked_again, version_for


@open_to(ANYONE)
@require_GET
def letter_show(request: HttpRequest) -> HttpResponse:
    """The current version with those who signed it; before the first one is published, a page that says so."""
    version = current_version()
    if version is None:
        context = {"writes": can_write_letter(request.user)}
        return asked_again(render(request, "letter/letter_none.html", context))
    context = _context(request, version, version)
    return asked_again(render(request, "letter/letter_show.html", context))


@open_to(ANYONE)
@require_GET
def version_show(request: HttpRequest, number: int) -> HttpResponse:
    """One version, with the signatures that stayed with it."""
    version = visible_or_404(LetterVersion.objects.published(), number=number)
    current = current_version() or version
    context = _context(request, version, current)
    return asked_again(render(request, "letter/letter_show.html", context))


@open_to(ANYONE)
@require_GET
def version_list(request: HttpRequest) -> HttpResponse:
    """All versions, and the difference of any two."""
    versions = list(LetterVersion.objects.published())
    numbered = {str(row.number): row for row in versions}
    old, new = (numbered.get(request.GET.get(name, "")) for name in ("from", "to"))
    context: dict[str, Any] = {"versions": versions, "old": old, "new": new}
    if old is not None and new is not None:
        context["changes"] = changes(old, new, request)
    return asked_again(render(request, "letter/version_list.html", context))


@open_to(ANYONE)
@require_safe
@etag(lambda request: quote_etag(version_for(request)))
def csv_show(request: HttpRequest) -> HttpResponse:
    """All public names, as a table."""
    return _file(signatures_csv(), "text/csv; charset=utf-8; header=present")


@open_to(ANYONE)
@require_safe
@etag(lambda request: quote_etag(f"{version_for(request)}-{request.LANGUAGE_CODE}"))
def feed_show(request: HttpRequest) -> HttpResponse:
    """Versions and organizations, as a feed."""
    return _file(atom_feed(request.LANGUAGE_CODE), "application/atom+xml; charset=utf-8")  # type: ignore[attr-defined]


def _file(content: str, kind: str) -> HttpResponse:
    """Asked for again each time, so that who has withdrawn is gone at the next look."""
    return asked_again(HttpResponse(content, content_type=kind))


def _context(request: HttpRequest, version: LetterVersion, current: LetterVersion) -> dict[str, Any]:  # fmt: skip
    return {
        "version": version,
        "current": current,
        "is_current": version.pk == current.pk,
        **listing(request, signatures_of(version, request)),
        **_state(request.user, version),
    }


def _state(user: Any, version: LetterVersion) -> dict[str, Any]:
    """What a member sees beside it: their own signatures, and that of their organization. Three queries."""
    if not user.is_authenticated:
        return {}
    own = list(signatures_owned_by(user).select_related("version").order_by("-version__number"))
    rows = signatures_spoken_for_by(user).filter(version=version)
    ours: Signature | None = rows.select_related("version", "member", "organization").first()
    return {
        "mine": next((row for row in own if row.version_id == version.pk), None),
        "older": [row for row in own if row.version_id != version.pk],
        "ours": ours,
        "can_confirm": ours is not None and can_confirm_signature(user, ours),
    }
