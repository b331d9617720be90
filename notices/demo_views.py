"""The mailbox of the demonstration: what the site mailed, read from its files. For this machine's own browser alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from core.access import ANYONE, open_to
from notices.mailbox import newest, opened


def on_this_machine(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 unless the demonstration or a developer asks from this machine, without a proxy in between."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not (settings.DEMO or settings.DEBUG) or not _is_local(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@open_to(ANYONE)
@never_cache
@require_GET
@on_this_machine
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mail that was sent, newest first."""
    return render(request, "notices/demo/mail_list.html", {"mails": newest()})


@open_to(ANYONE)
@never_cache
@require_GET
@on_this_machine
def mail_show(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its headers and its text, with links into this site to follow."""
    mail = opened(name)
    if mail is None:
        raise Http404
    return render(request, "notices/demo/mail_show.html", {"mail": mail})


def _is_local(request: HttpRequest) -> bool:
    try:
        local = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return local and "HTTP_X_FORWARDED_FOR" not in request.META
