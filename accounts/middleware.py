"""Per-request facts of the signed-in member: their clock, and whether their role asks for a second factor.

Beside them, what guards the pages of signing in: lengths before anything is hashed, and 503 when limits cannot be counted.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DataError, IntegrityError
from django.db.utils import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.forms.signing_in import LONGEST
from accounts.permissions import lacks_second_factor
from core.clock import zone_named
from core.keptform import unavailable

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("lodestar.accounts")


class MemberClockMiddleware:
    """Shows dates in the member's own time zone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the member's time zone for this request, UTC for the signed-out and where it is unknown here."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            timezone.activate(zone_named(request.user.time_zone))
        else:
            timezone.deactivate()
        return self.get_response(request)


class SigningInMiddleware:
    """Refuses overlong values before a form sees them, and never lets a guess through uncounted."""

    HOME = "/account/"

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400 to a password, address or code that is longer than any real one (threats B14)."""
        if request.method == "POST" and request.path_info.startswith(self.HOME):
            for name, value in request.POST.items():
                kind = "password" if "password" in name else name
                if len(value) > LONGEST.get(kind, len(value)):
                    return render(request, "400.html", status=400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer 503 when the store that counts attempts is away: neither an error page nor a free try (threats B17)."""
        if not request.path_info.startswith(self.HOME) or not _store_is_away(problem):
            return None
        log.error("Attempts cannot be counted, signing in is paused: %s", type(problem).__name__)
        return unavailable(request)


def _store_is_away(problem: Exception) -> bool:
    if isinstance(problem, DatabaseTrouble):
        return not isinstance(problem, IntegrityError | DataError)  # those are faults of our own
    return type(problem).__module__.partition(".")[0] == "redis"


class SecondFactorMiddleware:
    """Where STAFF_SECOND_FACTOR is `required`, staff without one are led to set it up before anything else."""

    ALWAYS_OPEN = (
        "/account/2fa/",
        "/account/confirm-email/",
        "/account/email/",
        "/account/inactive/",
        "/account/login/",
        "/account/logout/",
        "/account/password/",
        "/account/prove/",
        "/account/reauthenticate/",
        "/account/second-factor/",
        "/account/sessions/",
        "/accessibility/",
        "/help/",
        "/i18n/",
        "/privacy/",
        "/static/",
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect staff without a second factor to the page that adds one."""
        if settings.STAFF_SECOND_FACTOR != "required" or request.path_info.startswith(
            self.ALWAYS_OPEN
        ):
            return self.get_response(request)
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and request.user.is_authenticated
            and lacks_second_factor(request.user)
        ):
            return redirect("mfa_index")
        return self.get_response(request)
