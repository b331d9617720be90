"""`/healthz`: the process answers. `/readyz`: it can serve, or which parts it waits for. Neither touches a session.

Each part of `/readyz` is asked in a thread of its own, one at a time: a database that is frozen lets its thread hang, and the
answer says within a second that this part is missing. The thread ends when the database goes on.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from core import disk
from core.access import ANYONE, open_to
from core.crypto.keyring import KeyMissing, names_missing
from core.crypto.owners import key_names
from core.schema import fit_of

#: What the rest of the stack adds elsewhere; nothing of it runs for these two addresses.
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
PATIENCE = 0.8  # seconds for all parts together
log = logging.getLogger("lodestar.health")


@open_to(ANYONE)
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the process runs; asks no database."""
    return HttpResponse("ok\n", content_type="text/plain", headers=HEADERS)


@open_to(ANYONE)
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when databases, migrations, shared cache, keyring and disks are there; else 503 with reason codes. Within a second."""
    missing = missing_parts()
    return JsonResponse(
        {"ready": not missing, "waiting_for": missing},
        status=503 if missing else 200,
        headers=HEADERS,
    )


class Part:
    """One part that is asked for, by a thread that may hang: at most one at a time, whoever asks meanwhile."""

    def __init__(self, name: str, ask: Callable[[], Iterator[str]]) -> None:
        self.name, self._ask = name, ask
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._found: list[str] = []

    def begin(self) -> threading.Thread:
        """The thread that asks: a new one, unless one still does."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                self._thread.start()
            return self._thread

    def found(self, thread: threading.Thread, seconds: float) -> list[str]:
        """The reason codes that it found; the part's own name when it has not answered in this time."""
        thread.join(max(0.0, seconds))
        return [self.name] if thread.is_alive() else self._found

    def _run(self) -> None:
        try:
            found = list(self._ask())
        except Exception:  # whatever a driver raises means the same here: not ready
            found = [self.name]
        finally:
            connections.close_all()
        self._found = found


def missing_parts() -> list[str]:
    """The reason codes of what is missing, none when all is there. What changes is a line in the log."""
    until = time.monotonic() + PATIENCE
    threads = [(part, part.begin()) for part in PARTS]
    missing = [code for part, thread in threads for code in part.found(thread, until - time.monotonic())]  # fmt: skip
    if missing != _said:
        _said[:] = missing
        log.warning("Ready again." if not missing else f"Not ready: {', '.join(missing)}.")
    return missing


_said: list[str] = []
#: Databases that fitted this process once. A newer version may migrate them while it serves its last requests (docs/adr: expand, then contract).
_fitted: set[str] = set()


def _database(alias: str) -> Iterator[str]:
    """Codes for a database that answers: behind this code (`migrations.…`), or written by a newer one (`newer.…`)."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
    fit = fit_of(alias)
    if fit.is_behind:
        yield f"migrations.{alias}"
    elif fit.newer and alias not in _fitted:
        yield f"newer.{alias}"
    else:
        _fitted.add(alias)
        yield from _keyring() if alias == "keys" else ()


def _keyring() -> Iterator[str]:
    """Whether the keyring is there and holds every key that data keys are wrapped by."""
    path = settings.FIELD_KEYS_FILE
    try:
        opens = (path is None or path.is_file()) and not names_missing(key_names())
    except KeyMissing:
        opens = False
    if not opens:
        yield "keyring"


def _cache() -> Iterator[str]:
    cache.get("ready")
    yield from ()


def _disk() -> Iterator[str]:
    if not disk.takes_files():
        yield "disk"


PARTS = (
    Part("database.default", lambda: _database("default")),
    Part("database.keys", lambda: _database("keys")),
    Part("cache", _cache),
    Part("disk", _disk),
)
