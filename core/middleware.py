"""What happens to every request before and after its view: health, ids, clean input, language, headers, access."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers

from core.access import Rule, admits, rule_of
from core.health import healthz, readyz
from core.keptform import kept_form
from core.text import strip_control

Next = Callable[[HttpRequest], HttpResponse]
HEALTH = {"/healthz": healthz, "/readyz": readyz}


class HealthMiddleware:
    """First in line: answers the health addresses before anything can touch a session or a database."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `/healthz` and `/readyz`; hand on everything else."""
        view = HEALTH.get(request.path_info)
        return view(request) if view else self.get_response(request)


class RequestIdMiddleware:
    """Gives each request an id of our own making, shown on error pages and in the log."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Number the request and name the number in the answer."""
        request.request_id = uuid4().hex[:12]  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class SaneInputMiddleware:
    """Refuses what no browser of a person sends: NUL in a path, or a huge body for the sign-in pages.

    Control characters in a query are dropped, so that no view has to think of them.
    """

    MOST_FOR_ACCOUNT = (
        16_384  # bytes; a sign-in form is a few hundred, and hashing a megabyte is an attack
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400 to what cannot be meant; clean the query of the rest."""
        if "\x00" in request.path_info or self._too_big(request):
            return render(request, "400.html", status=400)
        changed = {
            name: [self._clean(request, name, value) for value in values]
            for name, values in request.GET.lists()
        }
        if changed != dict(request.GET.lists()):
            cleaned = request.GET.copy()
            for name, values in changed.items():
                cleaned.setlist(name, values)
            request.GET = cleaned  # type: ignore[assignment]
        return self.get_response(request)

    @staticmethod
    def _clean(request: HttpRequest, name: str, value: str) -> str:
        """No control characters; in the admin's search no quotation mark, which SQLite's index would take for syntax."""
        if name in {"q", "search"} and request.path_info.startswith("/admin/"):
            value = value.replace('"', " ")
        return strip_control(value)

    def _too_big(self, request: HttpRequest) -> bool:
        if request.method != "POST" or not request.path_info.startswith("/account/"):
            return False
        try:
            return int(request.META.get("CONTENT_LENGTH") or 0) > self.MOST_FOR_ACCOUNT
        except ValueError:
            return True


class SitePolicyMiddleware(CSPMiddleware):
    """The strict content policy everywhere, Wagtail's looser one under /admin/ alone.

    An editor's live preview is a page of the site that the admin shows in a frame: strict, but for that frame.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Choose the policy by the address."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and getattr(request, "is_preview", False):
            parts.config = settings.CONTENT_SECURITY_POLICY_PREVIEW
        elif not report_only and request.path_info.startswith("/admin/"):
            parts.config = settings.CONTENT_SECURITY_POLICY_ADMIN
        return parts


class ResponseHeadersMiddleware:
    """Headers that Django does not set: Permissions-Policy, and no storing of anything a signed-in person sees."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to the answer."""
        response = self.get_response(request)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            response["Cache-Control"] = "private, no-store"
        if request.method == "POST" and request.path_info == resolve_url("account_logout"):
            response["Clear-Site-Data"] = '"cache"'
        return response


class LanguageMiddleware:
    """The language of a page: the prefix for CMS pages, else the member's choice, the cookie, the browser's wish."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language for this request."""
        language = self._language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    def _language(self, request: HttpRequest) -> str:
        prefixed = translation.get_language_from_path(request.path_info)
        if prefixed:
            return prefixed
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.path_info.startswith("/learn/"):
            return str(settings.LANGUAGE_CODE)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            chosen = request.user.language or chosen
        if chosen in dict(settings.LANGUAGES):
            return chosen
        return translation.get_language_from_request(request)


class AccessMiddleware:
    """Default deny: a view without a rule is a 404, a member's page asks the signed-out to sign in.

    A post by somebody whose log-in has ended keeps what was typed (see `core.keptform`).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run only when its rule admits the reader."""
        route = request.resolver_match.route if request.resolver_match else ""
        rule = rule_of(view, route)
        if rule is None:
            raise Http404
        if rule is Rule.ANYONE or admits(rule, request.user):
            return None
        if request.user.is_authenticated:
            if rule is Rule.STAFF:
                raise PermissionDenied
            raise Http404
        if request.method == "POST":
            return kept_form(request, reason="signed-out")
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
