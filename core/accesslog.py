"""One line for each request: when, its id, the pattern of its address, method, status, milliseconds. Nothing else.

No path, query, address, browser or person (threats A23). Health addresses write none: whoever asks them each second would
drown the rest. The time is that until an answer begins; a file that is sent afterwards takes its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core import faults
from core.loglines import ACCESS
from core.logs import route_of

Next = Callable[[HttpRequest], HttpResponse]
#: Whoever asks may send any word as a method.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
log = logging.getLogger(ACCESS)


class AccessLogMiddleware:
    """Outside of everything but the health addresses, so that every answer is counted, whoever gave it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, write the line, and take note of an error of our own once nothing is open any more."""
        began = time.perf_counter()
        response = self.get_response(request)
        if log.isEnabledFor(logging.INFO):
            write(fields_of(request, response.status_code, began))
        if response.status_code == 500:
            faults.note(request)
        return response


def write(fields: dict[str, str | int | float]) -> None:
    """Hand a line to the log without the search for who called, which costs more than all the rest."""
    record = logging.LogRecord(ACCESS, logging.INFO, "", 0, "request", None, None)
    record.fields = fields
    log.handle(record)


def fields_of(request: HttpRequest, status: int, began: float) -> dict[str, str | int | float]:
    """What a line says of a request that began at this time of `time.perf_counter`."""
    return {
        "request_id": getattr(request, "request_id", "-"),
        "route": route_of(request),
        "method": request.method if request.method in METHODS else "OTHER",
        "status": status,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }
