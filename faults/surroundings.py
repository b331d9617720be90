"""What the whole run uses: where things lie, children of this program, free ports, waiting with an end."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / "var" / "venv" / "bin" / "python"
sys.path.insert(0, str(ROOT / "scripts"))  # the scripts stand alone and import each other by name

#: Variables that would lead a site of ours to somebody else's data, or to other settings than those of the run.
FOREIGN = frozenset({
    "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "KEYS_DATABASE_URL", "PORT", "DEMO", "SECRET_KEY", "SITE_URL", "SITE",
    "HOST", "WEB_WORKERS", "CACHE_URL", "ALLOWED_HOSTS", "FIELD_KEYS", "FIELD_KEYS_FILE", "EMAIL_URL", "ALERT_EMAIL",
    "MEDIA_STORAGE_URL", "LODESTAR_VAR", "LD_PRELOAD", "SERVE", "DATABASE_POOL", "REPLICA_DATABASE_URL",
})  # fmt: skip


class Broken(Exception):
    """The run itself cannot go on: a program is missing, or something did not start. The text is a sentence."""


class LeftOut(Exception):
    """This kind cannot be tried here. The text says why."""


def environment(**given: str) -> dict[str, str]:
    """The environment of a child, with nothing of another installation in it."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**kept, **given}


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(come_true: Callable[[], object], seconds: float, *, every: float = 0.05) -> bool:
    """Whether it came true within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if come_true():
            return True
        time.sleep(every)
    return False


def send_signal(pid: int, number: int) -> None:
    """A signal to a process of ours, which may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
