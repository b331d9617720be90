"""The page behind the link of an invitation. Looking uses nothing up; expired, used and unknown links look alike."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cohorts.actions import InvitationGone, accept_invitation
from cohorts.actions.invitations import hash_of
from cohorts.admission import address_elsewhere, invitation_behind, keep_in_session
from cohorts.models import Invitation
from cohorts.notifications import address_of
from cohorts.permissions import can_accept_invitation
from core.access import ANYONE, acting_member, open_to
from core.idempotency import once
from core.keptform import keeps
from core.views import error_page


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
@once
@keeps(hidden=["have_account"])
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites to what; a press accepts: at once when signed in, else by way of signing up or in."""
    invitation = invitation_behind(token)
    signed_in = request.user.is_authenticated
    if invitation is None and address_elsewhere(hash_of(token)) is not None:
        return _neutral(request, token)
    if invitation is None or (signed_in and not can_accept_invitation(request.user, invitation)):
        return _gone(request)
    if request.method == "GET":
        context = {"invitation": invitation, "role": invitation.get_role_display()}
        return render(request, "cohorts/invitation_show.html", context)
    if signed_in:
        return _accepted(request, invitation)
    return _sign_in(request, token)


def _neutral(request: HttpRequest, token: str) -> HttpResponse:
    """What an app above invites to is said once its reader has signed in, and nowhere here: not even to who is signed in."""
    if request.method == "GET" or request.user.is_authenticated:
        return render(request, "cohorts/invitation_neutral.html")
    return _sign_in(request, token)


def _sign_in(request: HttpRequest, token: str) -> HttpResponse:
    keep_in_session(request, token)
    return redirect("account_login" if "have_account" in request.POST else "account_signup")


def _accepted(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    try:
        accept_invitation(invitation=invitation, by=acting_member(request))
    except InvitationGone:
        return _gone(request)
    messages.success(request, _("Welcome. You have accepted the invitation."))
    if invitation.cohort is not None:
        return redirect(address_of(invitation.cohort))
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))


def _gone(request: HttpRequest) -> HttpResponse:
    return error_page(request, "cohorts/invitation_gone.html", status=404)
