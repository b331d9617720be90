"""Whether a browser was used for an account before. The mark is kept in the browser's own cookie, nothing on the server."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User

COOKIE = "known_browser"
AGE = 400 * 24 * 3600  # seconds; browsers keep none longer
MOST = 8  # members who share a browser


def is_known(request: HttpRequest, member: User) -> bool:
    """Whether the member signed in with this browser before."""
    return any(constant_time_compare(mark, _mark(member)) for mark in _marks(request))


def remember(request: HttpRequest, response: HttpResponse, member: User) -> None:
    """Mark the browser as one of the member's."""
    marks = [_mark(member), *_marks(request)][:MOST]
    response.set_cookie(
        _name(),
        ".".join(marks),
        max_age=AGE,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _mark(member: User) -> str:
    """Says nothing to whoever reads the cookie, and cannot be made without the site's key."""
    return salted_hmac("accounts.browser", str(member.pk), algorithm="sha256").hexdigest()[:32]


def _marks(request: HttpRequest) -> list[str]:
    return [mark for mark in request.COOKIES.get(_name(), "").split(".") if len(mark) == 32][:MOST]


def _name() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE
