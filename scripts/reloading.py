"""While developing: the worker begins again when the code changes. The web server of `make dev` watches for itself."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from supervision import Child, Supervisor, say

ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY = 1.0  # seconds


class Sources:
    """The Python files of the project, as they were when last looked at."""

    def __init__(self) -> None:
        self._seen = self._now()
        self._next = time.monotonic() + LOOK_EVERY

    def changed(self) -> bool:
        """Whether a file was written, added or removed since; looks once a second at most."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + LOOK_EVERY
        before, self._seen = self._seen, self._now()
        return before != self._seen

    def _now(self) -> dict[Path, int]:
        found = {}
        for folder in ROOT.iterdir():
            if folder.is_dir() and folder.name not in {"var", "tests"} and folder.name[0] != ".":
                for path in folder.rglob("*.py"):
                    with contextlib.suppress(OSError):  # an editor has just replaced it
                        found[path] = path.stat().st_mtime_ns
        return found


def watch(supervisor: Supervisor, worker: Child) -> Callable[[], object]:
    """What the supervisor does each time it looks after its children."""
    sources = Sources()

    def look() -> None:
        if sources.changed() and not supervisor.stopping:
            say("The code has changed; the worker begins again.")
            worker.begin_again(supervisor.watcher)

    return look
