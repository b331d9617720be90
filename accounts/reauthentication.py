"""“Is it you?”: leads to the proof that an act needs, and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from accounts.permissions import recently_proved

View = Callable[..., HttpResponseBase]


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
