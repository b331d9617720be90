"""Limits on guessing. A success gives back its own attempt and no other, so that it never resets a count (threats B4)."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from accounts.models import User

APP = "allauth.account"
FAILED = "login_failed"


def second_factor_attempt(member: User) -> ratelimit.RateLimitUsage:
    """Count one try of the member's second factor. Raises ValidationError when there were too many.

    Call `rollback()` on what it returns when the try succeeds.
    """
    usage = ratelimit.consume(
        context.request, app=APP, action=FAILED, key=f"mfa-auth-user-{member.pk}"
    )
    if not usage:
        raise get_adapter().validation_error("too_many_login_attempts")
    return usage


def allows(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count one use of `action` (a name of ACCOUNT_RATE_LIMITS); False when there were too many."""
    return bool(ratelimit.consume(request, app=APP, action=action, key=key))


def forget_failures(request: HttpRequest, key: str) -> None:
    """Forget failed log-ins counted for this account. What was counted for the network address stays."""
    for rate in ratelimit.get_rates(app=APP, action=FAILED):
        if rate.per == "key":
            cache.delete(
                ratelimit.get_cache_key(request, app=APP, action=FAILED, rate=rate, key=key)
            )
