"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.models import Initiative
from core.content import kept


def initiative(request: HttpRequest) -> dict[str, Any]:
    """The initiative's settings (one query per request, shared by all templates) and whether this is the demonstration."""
    return {
        "initiative": kept(
            request, ("initiative",), lambda: Initiative.load(request_or_site=request)
        ),
        "demo_banner": settings.DEMO,
        "signup_open": settings.SIGNUP == "open",
    }
