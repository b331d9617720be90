"""H6: the shared cache is killed while people work, and comes back empty."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from faults.case import Case, Kind
from faults.surroundings import Broken, LeftOut, free_port, wait_until

PROGRAMS = ("valkey-server", "redis-server")


class Store:
    """A Valkey or Redis of our own that keeps nothing on disk."""

    def __init__(self, program: str) -> None:
        self.program, self.port = program, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it listens. Raises Broken."""
        import socket

        self._process = subprocess.Popen(
            [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

        def listens() -> bool:
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0

        if not wait_until(listens, 10):
            raise Broken("The shared cache did not start.")

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@contextlib.contextmanager
def store(_folder: Path) -> Iterator[tuple[dict[str, str], Store]]:
    """A site that counts in a server of its own. Raises LeftOut where there is none."""
    program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
    if program is None:
        raise LeftOut("Neither valkey-server nor redis-server is installed.")
    server = Store(program)
    server.start()
    try:
        yield {"CACHE_URL": f"redis://127.0.0.1:{server.port}/0"}, server
    finally:
        server.kill()


def gone(case: Case) -> None:
    """Kill it; whoever is signed in goes on meanwhile, all the time."""
    server: Store = case.stage.tool
    before = len(case.load.failures)
    server.kill()
    seconds = case.rng.uniform(1, 5)
    time.sleep(seconds)
    failed = case.load.failures[before:]
    server.start()
    if failed:
        case.verdict.faults.append(f"without the cache: {failed[0][1]}")
    case.happened(f"the shared cache gone for {seconds:.0f} s")


KIND = Kind("cache-gone", "shared cache killed, back empty", gone, around=store)
