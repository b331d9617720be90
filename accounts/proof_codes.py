"""The mailed code with which a member who has neither password nor passkey shows that it is they."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import normalize_user_code
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts import notifications
from accounts.models import User

KEY = "proof_code"
LASTS = 15 * 60  # seconds
MOST_TRIES = 3


def send(request: HttpRequest, member: User) -> None:
    """Mail a fresh code. Only its hash is kept, in this session."""
    code = get_adapter().generate_login_code()
    request.session[KEY] = {"hash": _hash(code), "at": time.time(), "tries": 0}
    notifications.proof_code(member, code)


def is_waiting(request: HttpRequest) -> bool:
    """Whether a code was sent in this session that can still be typed."""
    state = request.session.get(KEY)
    if not state:
        return False
    return state["tries"] < MOST_TRIES and 0 <= time.time() - state["at"] < LASTS


def accept(request: HttpRequest, member: User, code: str) -> bool:
    """Whether the code is right; the proof is then noted in the session. A code works once and bears three tries."""
    if not is_waiting(request):
        return False
    state = request.session[KEY]
    if not constant_time_compare(_hash(code), state["hash"]):
        request.session[KEY] = {**state, "tries": state["tries"] + 1}
        return False
    del request.session[KEY]
    record_authentication(request, member, "code", reauthenticated=True)
    return True


def _hash(code: str) -> str:
    return salted_hmac(
        "accounts.proof_code", normalize_user_code(code), algorithm="sha256"
    ).hexdigest()
