"""The operators' page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import OPERATOR, open_to
from core.signs import signs
from operations.starts import last_starts


@open_to(OPERATOR)
@require_safe
def signs_show(request: HttpRequest) -> HttpResponse:
    """How the installation does: every sign, what is not well first, and the last starts. Nothing about people."""
    found = sorted(signs(timezone.now()), key=lambda sign: sign.is_well)
    context = {
        "signs": found,
        "unwell": sum(not sign.is_well for sign in found),
        "starts": last_starts(),
    }
    return render(request, "operations/signs_show.html", context)
