"""“Is it you?”: leads to the proof that an act needs, and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.permissions import journal_shut_until, proves_by_code, recently_proved

View = Callable[..., HttpResponseBase]
Way = dict[str, str]
DIGITS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def prove_first(view: View) -> View:
    """Decorate a view that needs a proof of the last 15 minutes (see `recently_proved`), for reading and for posting.

    Nothing of a post is kept meanwhile: what was sent may be a secret.
    """

    @wraps(view)
    def proved(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if recently_proved(request) else to_proof(request)

    return proved


def to_proof(request: HttpRequest) -> HttpResponse:
    """Lead to the member's own way of proving, with the way back; the signed-out to the log-in."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    address = methods[0]["url"] if methods else resolve_url("account_login")
    return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


def ways_to_journal(request: HttpRequest, *, back: str, since: float | None = None) -> list[Way]:
    """The member's next steps to open the journal, each with its words and its address; none when nothing they have does.

    `back` is where the proof leads. Where a second factor is needed beside the first proof (see `journal_opens`), the
    first proof comes first and then the six digits, so this is asked again in between.
    """
    user: Any = request.user
    methods = get_adapter().get_reauthentication_methods(user)
    if not journal_shut_until(user) and not proves_by_code(user):
        return [_way(method["description"], method["url"], back) for method in methods]
    kinds = _kinds_that_count(user)
    keys = [method for method in methods if "webauthn" in method["id"]]
    ways = (
        [_way(key["description"], key["url"], back) for key in keys]
        if Authenticator.Type.WEBAUTHN in kinds
        else []
    )
    if kinds.isdisjoint(DIGITS):
        return ways
    if recently_proved(request, since=since):
        return [
            *ways,
            _way(_("Use your authenticator app"), resolve_url("mfa_reauthenticate"), back),
        ]
    first = [method for method in methods if method not in keys]
    return ways + [_way(method["description"], method["url"], back) for method in first]


def _kinds_that_count(user: Any) -> set[str]:
    """The kinds of second factor of a member that may open the journal: after a reset, those from before it."""
    factors = Authenticator.objects.filter(user_id=user.pk)
    if journal_shut_until(user):
        factors = factors.filter(created_at__lt=user.password_reset_at)
    return set(factors.values_list("type", flat=True))


def _way(words: Any, address: str, back: str) -> Way:
    return {"words": str(words), "url": f"{address}?{urlencode({'next': back})}"}
