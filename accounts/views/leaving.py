"""Leaving: what happens is said first, then one press; and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.forms.leaving import LeaveForm
from accounts.leaving import (
    UNDONE_FOR,
    LastBackbone,
    come_back,
    departure_of_token,
    leave,
    remarks_for,
)
from accounts.permissions import is_last_backbone
from accounts.reauthentication import prove_first
from core.access import ANYONE, MEMBER, acting_member, open_to
from core.crypto.erasures import BACKUPS_KEPT_FOR
from core.idempotency import once

EXPORT = "/account/export/"


@open_to(MEMBER)
@never_cache
@require_http_methods(["GET", "POST"])
@prove_first
@once
def leave_show(request: HttpRequest) -> HttpResponse:
    """Say what happens at once, in seven days, and what stays; then leave with one press."""
    member = acting_member(request)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    is_last = is_last_backbone(member)
    if request.method == "POST" and not is_last and form.is_valid():
        try:
            leave(by=member, takes_along=form.cleaned_data["takes_along"])
        except LastBackbone:
            is_last = True
        else:
            logout(request)
            return redirect("accounts:leave_done")
    told = what_happens(member)
    context = {"form": form, "is_last": is_last, "export_url": _export_url(), **told}
    return render(request, "accounts/leave_show.html", context)


def what_happens(member: Any) -> dict[str, Any]:
    """What both pages say on which somebody leaves: at once, in seven days, and what stays how long."""
    now = timezone.now()
    return {
        "remarks": remarks_for(member, now),
        "until": now + UNDONE_FOR,
        "backups_until": now + UNDONE_FOR + BACKUPS_KEPT_FOR + timedelta(days=1),
        "backup_days": BACKUPS_KEPT_FOR.days,
    }


@open_to(ANYONE)
@never_cache
@require_GET
def leave_done(request: HttpRequest) -> HttpResponse:
    """You have left. It names nobody, and says how to come back."""
    return render(request, "accounts/leave_done.html")


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
def leave_undo(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail, and where signing in leads: one press brings everything back. Opening it changes nothing."""
    departure = departure_of_token(token)
    if departure is None:
        raise Http404
    if request.method == "POST" and come_back(departure=departure):
        return render(request, "accounts/leave_undo.html", {"is_back": True})
    is_over = departure.begun_at is not None or departure.erase_after <= timezone.now()
    context = {"is_over": is_over, "departure": departure}
    return render(request, "accounts/leave_undo.html", context)


def _export_url() -> str:
    """Where one's own copy is made; empty where this site has no such page."""
    try:
        resolve(EXPORT)
    except Resolver404:
        return ""
    return EXPORT
