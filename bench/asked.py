"""What a page costs in one process: its status, its queries, its bytes, its processor time. By other parts, or alone.

Usage: python -m bench.asked EMAIL|- PATH…     prints JSON, by path (`-`: signed out)
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

WARM = 3  # requests after which everything that is kept is there


def client_of(email: str = "") -> Client:
    """A browser behind the proxy, signed in as this member, or as nobody."""
    from django.test import Client

    from accounts.models import User

    client = Client(headers={"host": "localhost", "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1"})  # fmt: skip
    if email:
        client.force_login(User.objects.get(email=email))
    return client


def seen(client: Client, path: str, runs: int = 0) -> dict[str, Any]:
    """What a page costs once everything that is kept is there. `runs`: of how many its processor time is the median; 0: none.

    Raises RuntimeError when it is not a page: nothing is measured of an error or of a redirect.
    """
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    for _ in range(WARM):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}; nothing was measured.")
    with (
        CaptureQueriesContext(connections["default"]) as rows,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        answer = client.get(path)
    found = {
        "status": answer.status_code, "queries": len(rows) + len(keys),
        "bytes": len(answer.content), "tag": answer.headers.get("ETag", ""),
    }  # fmt: skip
    if not runs:
        return found
    times = []
    for _ in range(runs):
        began = time.process_time()
        client.get(path)
        times.append(time.process_time() - began)
    return {**found, "cpu_ms": round(statistics.median(times) * 1000, 2)}


if __name__ == "__main__":
    import django

    django.setup()
    who = client_of("" if sys.argv[1] == "-" else sys.argv[1])
    json.dump({path: seen(who, path) for path in sys.argv[2:]}, sys.stdout)
