"""A reader who finds nothing kept: `?cold` gives a request a version of the published content that nobody else has."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from core.content import version_for


class ColdMiddleware:
    """First in line. Asks for the version as every request does, then takes one under which nothing is kept yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Make the request cold when it asks for that."""
        if "cold" in request.META.get("QUERY_STRING", ""):
            version_for(request)
            request.content_version = uuid4().hex  # type: ignore[attr-defined]
        return self.get_response(request)
