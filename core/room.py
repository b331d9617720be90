"""Before a disk is full: what would fill it is refused with a sentence, and signing in, leaving and stopping contact go on.

A disk that is full to the last byte takes no session and no alarm either. So the last megabytes are for those, and a form that is
sent to any other address comes back with what was typed (threats H4).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.disk import folders
from core.keptform import unavailable

Next = Callable[[HttpRequest], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class RoomMiddleware:
    """Refuses forms while less than `settings.LEAST_ROOM` bytes are left; `settings.ROOM_KEPT_FOR` are addresses that go on."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """After access was asked, so that nobody learns of an address by it. Asking the disks takes microseconds."""
        if request.method in SAFE or request.path_info.startswith(settings.ROOM_KEPT_FOR):
            return None
        return None if _is_room() else unavailable(request, is_full=True)


def _is_room() -> bool:
    try:
        return all(shutil.disk_usage(folder).free >= settings.LEAST_ROOM for folder in folders())
    except OSError:
        return True  # then writing itself says what is wrong
