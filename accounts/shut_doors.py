"""Doors that stock packages would leave open beside the one log-in door, and what stands there instead."""

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from core.access import ANYONE, open_to


@open_to(ANYONE)
def to_the_one_door(request: HttpRequest) -> HttpResponse:
    """Lead to allauth's log-in, whatever was sent here; only an address of this site may come next."""
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        wanted = ""
    address = resolve_url("account_login")
    return HttpResponseRedirect(f"{address}?{urlencode({'next': wanted})}" if wanted else address)


@open_to(ANYONE)
def to_sign_out(_request: HttpRequest) -> HttpResponse:
    """Lead to the page that signs out."""
    return redirect("account_logout")


@open_to(ANYONE)
def gone(_request: HttpRequest, **_parts: str) -> NoReturn:
    """Nothing is here: the same page as for any unused address."""
    raise Http404
