"""Errors of our own (500): counted in the log, and told to the operators by the worker.

The request that failed writes nothing to a database: its transaction has just failed, and the database may be why. It leaves
an empty file, which the worker finds within a minute (`operations.watching`).
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from core.logs import route_of

log = logging.getLogger("lodestar.faults")
MOST_KINDS = 500  # counted apart in one process
_seen: Counter[tuple[str, str]] = Counter()


def remember_kind(request: HttpRequest | None = None, **_signal: object) -> None:
    """Receive `got_request_exception`: keep the kind of the error beside the request, never the error."""
    error = sys.exception()
    if request is not None and error is not None:
        request.fault = f"{type(error).__module__}.{type(error).__qualname__}"  # type: ignore[attr-defined]


def note(request: HttpRequest) -> None:
    """Write into the log which address failed how, how often in this process, and the request's id; leave word for the worker."""
    route, kind = route_of(request), getattr(request, "fault", "an answer of 500")
    if len(_seen) < MOST_KINDS or (route, kind) in _seen:
        _seen[route, kind] += 1
    fields = {
        "request_id": getattr(request, "request_id", "-"),
        "route": route,
        "kind": kind,
        "count": _seen[route, kind],
    }
    log.error("An address failed: %s: %s", route, kind, extra={"fields": fields})
    with suppress(OSError):  # a full disk must not make a second error of the first
        path = _word()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def taken() -> bool:
    """Whether something failed since this was asked last, in whatever process."""
    try:
        _word().unlink()
    except OSError:
        return False
    return True


def _word() -> Path:
    return Path(settings.VAR) / "run" / "an-address-failed"
