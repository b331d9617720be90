"""How an invitation that was opened leads through signing up or in, and is used once its reader is signed in.

The session holds the hash of the token. An invitation is used by a member whose proven address it was sent to.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cohorts.actions import InvitationGone, accept_invitation
from cohorts.actions.invitations import hash_of
from cohorts.models import Invitation
from core import doors

KEY = "invitation"


def invitation_behind(token: str) -> Invitation | None:
    """The open invitation that this token was made for, while its cohort goes on."""
    return _open(hash_of(token))


def address_elsewhere(token_hash: str) -> str | None:
    """The address that an app above sent this token to, for something that is said only once its reader has signed in."""
    return next(iter(doors.ask("invitation_elsewhere", token_hash=token_hash)), None)


def keep_in_session(request: HttpRequest, token: str) -> None:
    """Remember in this browser that the invitation with this token was opened."""
    request.session[KEY] = hash_of(token)


def kept_invitation(request: HttpRequest | None) -> Invitation | None:
    """The open invitation that was opened in this browser."""
    kept = _kept_hash(request)
    return _open(kept) if kept else None


def admission(*, request: HttpRequest, **_given: Any) -> bool | None:
    """Whether a new account may be made in this session: True with an open invitation, else no answer."""
    return True if _invited(request) else None


def invited_email(*, request: HttpRequest, **_given: Any) -> str | None:
    """The address that the invitation opened in this session was sent to."""
    return _invited(request)


def use_kept_invitation(request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Use the invitation that this browser opened, once its reader has signed in with a proven address.

    An invitation to another address stays unused: whoever was meant can still open it.
    """
    invitation = kept_invitation(request)
    if request is not None and hasattr(request, "session"):
        request.session.pop(KEY, None)
    if invitation is None:
        return
    try:
        accept_invitation(invitation=invitation, by=user)
    except InvitationGone:
        messages.warning(
            request,
            _("The invitation was not used: it is for another address, or was used already."),
        )
    else:
        messages.success(request, _("Welcome. You have accepted the invitation."))


def _invited(request: HttpRequest) -> str | None:
    """The address that the invitation opened in this browser was sent to, here or by an app above."""
    kept = _kept_hash(request)
    if not kept:
        return None
    invitation = _open(kept)
    return invitation.email if invitation else address_elsewhere(kept)


def _kept_hash(request: HttpRequest | None) -> str:
    session = getattr(request, "session", None)
    return str(session.get(KEY) or "") if session is not None else ""


def _open(token_hash: str) -> Invitation | None:
    rows = Invitation.objects.usable().select_related("cohort", "invited_by")
    return rows.filter(token_hash=token_hash).first()
