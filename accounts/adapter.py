"""How allauth behaves here: who may sign up, where it leads, what it mails, what must be proven first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import clean_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import browsers, inactive, limits
from accounts.leaving import link_token, undoable
from accounts.models import Initiative
from accounts.permissions import (
    STRONG,
    has_passkey,
    has_second_factor,
    is_staff_member,
    proves_by_code,
    recently_proved,
)
from accounts.reauthentication import to_proof
from accounts.sessions import end_other_sessions
from core import doors


class AccountAdapter(DefaultAccountAdapter):
    """Invitation or open sign-up, one log-in door, mails of fixed text that name our own address."""

    error_messages = {  # noqa: RUF012 (allauth's way to hold its sentences)
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Nothing was changed; please wait five minutes and try again."
        ),
        "incorrect_code": gettext_lazy("That code is not right, or was used already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a new account may be made in this session: open sign-up, or an invitation that was opened."""
        return settings.SIGNUP == "open" or any(doors.ask("admission", request=request))

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` may lead there: addresses of this site without a host in them, nothing else."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer JSON to the one script that asks for it, the passkey log-in. Every other page is a page."""
        return request.path == reverse("mfa_login_webauthn") and super().is_ajax(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count. A forwarded one counts only behind as many proxies as are configured."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:  # the request did not come through all of them
            return clean_client_ip(request.META.get("REMOTE_ADDR", "")) or "0.0.0.0"  # noqa: S104

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail of fixed text in its reader's language; its addresses never come from the Host header (G8)."""
        words = {
            name: at_this_site(value) if name.endswith("_url") else value
            for name, value in context.items()
        }
        words |= {"email": email, "request": self.request, "current_site": _site()}
        member = context.get("user")
        language = getattr(member, "language", "") or translation.get_language()
        with translation.override(language):
            self.render_mail(template_prefix, email, words).send()

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Where an account is closed, whoever has a second factor is asked for it all the same: the rest is for them alone (`login`)."""
        if not user.is_active:
            if has_second_factor(user):
                return None
            inactive.open_ways(request, user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        """Start the session, noting whether it is the member’s first. A closed account gets none, after every step was passed."""
        if not user.is_active:
            inactive.open_ways(request, user)
            clear_login(request)
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        request.is_first_log_in = user.last_login is None  # type: ignore[attr-defined]
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Lead on; tell the member by mail when this browser is new to their account."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not browsers.is_known(request, user):
            browsers.remember(request, response, user)
            if not getattr(request, "is_first_log_in", False):
                self.send_notification_mail("accounts/mail/new_browser", user, {"user": user})
        return response

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Who left and signs in rightly, with their second factor if they have one, finds the way back.

        To others a page says why their account is closed, once.
        """
        way: HttpResponse | None = to_way_back(user)
        if way is not None:
            return way
        inactive.note(request, user)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """False for who proved themselves lately; everybody else is led to the proof.

        allauth would let members with neither password nor passkey pass, and keep a suspended post in the session.
        """
        request = self.request
        if not recently_proved(request):
            raise ImmediateHttpResponse(to_proof(request))
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Password and passkey; a mailed code for who has neither. The six digits count where the journal asks for them."""
        if not user.is_authenticated:
            return []
        methods = []
        if user.has_usable_password():
            methods.append(
                _method("reauthenticate", _("Use your password"), "account_reauthenticate")
            )
        if has_passkey(user):
            methods.append(
                _method(
                    "mfa_reauthenticate:webauthn",
                    _("Use a passkey"),
                    "mfa_reauthenticate_webauthn",
                )
            )
        if proves_by_code(user):
            methods.append(_method("code", _("Use a code by mail"), "accounts:code_prove"))
        digits = _method(
            "mfa_reauthenticate", _("Use your authenticator app"), "mfa_reauthenticate"
        )
        if self.request.path == digits["url"] and _has_digits(user):
            methods.append(digits)
        return methods

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed log-ins by address alone: another Host header gives no further tries."""
        return str(credentials.get("email", "")).strip().lower()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        limits.forget_failures(request, self._get_login_attempts_cache_key(request, **credentials))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys belong to this site's own name; staff keep at least one second factor where it is required."""

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That code is not right, or was used already."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second step at sign-in. Add another one first, then remove this one."
        ),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: the host of SITE_URL, whatever the request calls it."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": Initiative.load().name}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A first name for a new key, which the member may change."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether it may go: not the last one of a person of the staff, where they need one."""
        if settings.STAFF_SECOND_FACTOR != "required" or not is_staff_member(authenticator.user):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG)
        return others.exclude(pk=authenticator.pk).exists()


class SessionsAdapter(DefaultUserSessionsAdapter):
    """“Sign out everywhere else” ends every other session, also one that the list does not know."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End the member's sessions but this one."""
        request = allauth_context.request
        if request.user.is_authenticated:
            end_other_sessions(request, request.user)


def to_way_back(user: Any) -> HttpResponse | None:
    """To the page that undoes leaving, while that can be undone."""
    departure = undoable(user)
    return None if departure is None else redirect("accounts:leave_undo", link_token(departure))


def at_this_site(address: Any) -> Any:
    """The address with SITE_URL in place of whatever host it names; None and empty values as they are."""
    if not isinstance(address, str) or not address:
        return address
    parts = urlsplit(address)
    return settings.SITE_URL + parts.path + (f"?{parts.query}" if parts.query else "")


def _site() -> dict[str, str]:
    return {"name": Initiative.load().name, "domain": urlsplit(settings.SITE_URL).netloc}


def _method(identity: str, words: str, name: str) -> dict[str, Any]:
    return {"id": identity, "description": words, "url": reverse(name)}


def _has_digits(user: Any) -> bool:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()
