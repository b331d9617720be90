"""What stays open to somebody who is suspended: their own copy of everything, and leaving. They are not signed in here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.leaving import LeaveForm
from accounts.inactive import Ways, ways_of
from accounts.leaving import leave
from accounts.owncopy.actions import KEPT_FOR, ask_for_copy, current_copy
from accounts.permissions import can_have_own_copy
from accounts.views.leaving import what_happens
from accounts.views.owncopy import handed_out
from core.access import ANYONE, open_to

DATA = "accounts:suspended_data"
View = Callable[[HttpRequest, Ways], HttpResponseBase]


def to_the_suspended(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """Decorate a view for who has just proved that it is they and is suspended; everybody else is led to the log-in."""

    @wraps(view)
    def led(request: HttpRequest) -> HttpResponseBase:
        ways = ways_of(request)
        return redirect("account_login") if ways is None else view(request, ways)

    return led


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
@to_the_suspended
def suspended_data(request: HttpRequest, ways: Ways) -> HttpResponse:
    """Ask for one's own copy, and see how far it is."""
    may_have = ways.opens_copy and can_have_own_copy(ways.member)
    if request.method == "POST":
        if may_have:
            ask_for_copy(by=ways.member)
        return redirect(DATA)
    copy = current_copy(ways.member)
    until = copy.ready_at + KEPT_FOR if copy and copy.ready_at else None
    context = {"copy": copy, "until": until, "may_have": may_have}
    return render(request, "accounts/suspended_data.html", context)


@open_to(ANYONE)
@never_cache
@require_POST
@to_the_suspended
def suspended_file(request: HttpRequest, ways: Ways) -> HttpResponseBase:
    """The file, as everybody else gets theirs."""
    if not ways.opens_copy:
        return redirect(DATA)
    return handed_out(request, ways.member, DATA)


@open_to(ANYONE)
@never_cache
@require_http_methods(["GET", "POST"])
@to_the_suspended
def suspended_leave(request: HttpRequest, ways: Ways) -> HttpResponse:
    """Say what happens, and leave with one press. A second one finds that they have left."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        leave(by=ways.member, takes_along=form.cleaned_data["takes_along"])
        request.session.flush()
        return redirect("accounts:leave_done")
    context = {"form": form, **what_happens(ways.member)}
    return render(request, "accounts/suspended_leave.html", context)
