"""A lost second factor: the request, and the mailed link that cancels it."""

from allauth.account.stages import LoginStageController
from allauth.core.ratelimit import respond_429
from allauth.mfa.internal.constants import LoginStageKey
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.actions import cancel_second_factor_reset, request_second_factor_reset
from accounts.choices import ResetState
from accounts.models import User
from accounts.notifications import reset_of_token
from core.access import ANYONE, open_to


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
def factor_lost(request: HttpRequest) -> HttpResponse:
    """Ask for the removal of one's second factor, between the first step of signing in and the second.

    Whoever has not taken the first step is led to the log-in, whether or not they have an account.
    """
    member = _member_at_second_step(request)
    if member is None:
        return redirect("account_login")
    if request.method == "POST":
        if not limits.allows(request, "lost_second_factor", key=str(member.pk)):
            return respond_429(request)
        request_second_factor_reset(by=member)
        return redirect("accounts:factor_lost")
    reset = member.second_factor_resets.waiting().first()
    return render(request, "accounts/factor_lost.html", {"reset": reset})


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
def reset_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mails: a press keeps the second factor. Opening it changes nothing (mail scanners open links)."""
    reset = reset_of_token(token)
    if reset is None:
        raise Http404
    if request.method == "POST":
        cancel_second_factor_reset(reset=reset, by=reset.member)
        reset.refresh_from_db()
    context = {
        "is_waiting": reset.state == ResetState.WAITING,
        "is_done": reset.state == ResetState.DONE,
    }
    return render(request, "accounts/reset_cancel.html", context)


def _member_at_second_step(request: HttpRequest) -> User | None:
    if request.user.is_authenticated:
        return None
    stage = LoginStageController.enter(request, LoginStageKey.MFA_AUTHENTICATE.value)
    return stage.login.user if stage else None
