"""The page of an account that is closed: for who has just proven that it is theirs also why, until when, and whom to write to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.inactive import read_once, ways_of
from core.access import ANYONE, open_to
from core.crypto.envelope import CannotOpen


@open_to(ANYONE)
@require_GET
def inactive_show(request: HttpRequest) -> HttpResponse:
    """Say that it is closed. The reason is said once after each log-in with the right password, and to nobody else."""
    suspension, reason = read_once(request), ""
    if suspension is not None:
        try:
            reason = suspension.reason
        except CannotOpen:  # the kernel has told the operators
            reason = ""
    context = {"suspension": suspension, "reason": reason, "has_ways": ways_of(request) is not None}
    return render(request, "account/account_inactive.html", context)
