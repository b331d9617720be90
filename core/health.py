"""`/healthz`: the process answers. `/readyz`: it can serve, or which part it waits for. Neither touches a session."""

from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from core.access import ANYONE, open_to
from core.crypto.keyring import KeyMissing, names_missing
from core.crypto.owners import key_names
from core.routers import migration_targets

#: What the rest of the stack adds elsewhere; nothing of it runs for these two addresses.
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_migrated: set[str] = set()  # aliases seen fully migrated: asked once per process


@open_to(ANYONE)
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the process runs; asks no database."""
    return HttpResponse("ok\n", content_type="text/plain", headers=HEADERS)


@open_to(ANYONE)
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when both databases, their migrations, the shared cache and the keyring are there; else 503 with reason codes."""
    missing = [code for code, ready in _checks().items() if not ready]
    return JsonResponse(
        {"ready": not missing, "waiting_for": missing},
        status=503 if missing else 200,
        headers=HEADERS,
    )


def _checks() -> dict[str, bool]:
    found = {f"database.{alias}": _answers(alias) for alias in connections}
    for alias in connections:
        found[f"migrations.{alias}"] = found[f"database.{alias}"] and _is_migrated(alias)
    found["cache"] = _cache_answers()
    found["keyring"] = found["migrations.keys"] and _opens()
    return found


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Exception:  # whatever the driver raises means the same here: not ready
        connections[alias].close()
        return False


def _is_migrated(alias: str) -> bool:
    if alias not in _migrated:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(migration_targets(executor.loader, alias)):
            return False
        _migrated.add(alias)
    return True


def _opens() -> bool:
    """Whether the keyring is there and holds every key that data keys are wrapped by."""
    path = settings.FIELD_KEYS_FILE
    try:
        return (path is None or path.is_file()) and not names_missing(key_names())
    except KeyMissing:
        return False


def _cache_answers() -> bool:
    try:
        cache.get("ready")
    except Exception:  # a lost cache is a reason code, not an error page
        return False
    return True
