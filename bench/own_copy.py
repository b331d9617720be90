"""A member's own copy with 5 000 entries in their journal: how long the worker needs, and how much memory more than for none.

By `bench.desk`: `python -m bench.own_copy dev` in the environment of a site prints JSON. Each copy is made in a process
of its own, so that none finds what another has read.
"""

from __future__ import annotations

import json
import resource
import sys
import time


def _measure(name: str) -> None:
    # Django is set up in the process that measures alone.
    import django

    django.setup()
    # Not before the set-up.
    from accountability.journal.models import Entry
    from accounts.models import User
    from accounts.owncopy.actions import ask_for_copy, discard_copy
    from accounts.owncopy.handing import begin_download
    from core.tasks import work_off

    member = User.objects.get(email=f"{name}@riverton.example")
    discard_copy(by=member)
    ask_for_copy(by=member)
    began = time.monotonic()
    assert work_off() == 1  # noqa: S101 (a measurement of nothing says nothing)
    made = time.monotonic() - began
    began = time.monotonic()
    size = sum(map(len, begin_download(by=member).pieces))
    found = {
        "entries": Entry.objects.filter(author=member).count(),
        "seconds": round(made, 1),
        "download_seconds": round(time.monotonic() - began, 2),
        "megabytes": round(size / 1e6, 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _measure(sys.argv[1])
