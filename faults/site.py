"""One real site in a folder of its own: the supervisor with two web workers and the worker, as `make run` starts them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

from faults import template
from faults.postgres import Server
from faults.surroundings import (
    PYTHON,
    ROOT,
    Broken,
    environment,
    free_port,
    send_signal,
    wait_until,
)

STARTED_WITHIN = 150  # seconds, on a machine that does other things too
ENDED_WITHIN = 30


class Site:
    """A site that can be started, killed and started again on the same data."""

    host = "127.0.0.1"

    def __init__(self, folder: Path, database: str, **given: str) -> None:
        """`given`: further variables of its environment. Copies the filled installation into `folder`."""
        self.folder, self.database, self.port = folder, database, free_port()
        self.home = folder / "var"
        self.home.mkdir(parents=True, exist_ok=True)
        self.server: Server | None = None
        self.given = given
        self._process: subprocess.Popen[bytes] | None = None
        template.copy_to(self.home, database)

    def begin(self) -> None:
        """Start its database server, where it has one, and the site for the first time."""
        if self.database == "postgresql" and self.server is None:
            self.server = Server(self.folder / "server")
            self.server.copied_from(template.filled("postgresql") / "server")
        template.settle_in(self.environment)
        try:
            self.start()
        except (
            Broken
        ):  # a machine that does other things may be too slow for the start's own patience
            self.kill()
            self.start()

    @property
    def environment(self) -> dict[str, str]:
        """What its processes, and commands beside them, are started with."""
        urls = self.server.urls if self.server else {}
        return environment(
            LODESTAR_VAR=str(self.home), PORT=str(self.port), DJANGO_SETTINGS_MODULE="config.settings.demo",
            PYTHONPATH=str(ROOT), SITE_URL=f"http://localhost:{self.port}", **urls, **self.given,
        )  # fmt: skip

    @property
    def log(self) -> Path:
        """What it said."""
        return self.folder / "said.txt"

    def start(self) -> None:
        """Start it and wait until it says that it is ready. Raises Broken with its last lines."""
        self.launch()
        begun = self._begun

        def ready() -> bool:
            return "Lodestar is ready" in self.said_since(begun) or not self.is_up()

        if not wait_until(ready, STARTED_WITHIN) or not self.is_up():
            raise Broken(f"The site did not start: {self.said_since(begun)[-800:]}")

    def launch(self) -> None:
        """Start it and wait for nothing."""
        self._begun = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                [str(PYTHON), "scripts/serve.py", "demo"], cwd=ROOT, env=self.environment, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def said_since(self, place: int = 0) -> str:
        """What it said after so many bytes."""
        with self.log.open("rb") as file:
            file.seek(place)
            return file.read().decode(errors="replace")

    def is_up(self) -> bool:
        """Whether its supervisor runs."""
        return self._process is not None and self._process.poll() is None

    def processes(self) -> list[psutil.Process]:
        """Its supervisor and everything below it."""
        if self._process is None:
            return []
        try:
            first = psutil.Process(self._process.pid)
            return [first, *first.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def web_workers(self) -> list[int]:
        """The processes that answer requests: children of the web server's own process."""
        servers = [process for process in self.processes() if _runs(process, "granian")]
        first = {process.pid for process in servers}
        return [process.pid for process in servers if _parent(process) in first]

    def workers(self) -> list[int]:
        """The process that sends mail and does what waits."""
        return [process.pid for process in self.processes() if _runs(process, "run_worker")]

    def kill(self) -> None:
        """End the supervisor and all that it started, at once and without a word."""
        everything = [process.pid for process in self.processes()]
        for pid in everything:
            send_signal(pid, signal.SIGKILL)
        if self._process is not None:
            self._process.wait(timeout=10)
        wait_until(lambda: not any(map(psutil.pid_exists, everything)), 10)

    def end(self) -> None:
        """Ask it to end, insist after a while, and stop its database server."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=ENDED_WITHIN)
        self.kill()
        if self.server is not None:
            self.server.end()

    def status(self, path: str, patience: float = 2.0) -> int:
        """The status of a page asked for by nobody; 0 when nobody answers in time."""
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=patience)
            with contextlib.closing(connection):
                connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
                return connection.getresponse().status
        except (OSError, HTTPException):
            return 0

    def manage(self, *command: str, patience: float = 120) -> subprocess.CompletedProcess[str]:
        """A management command beside the site."""
        return subprocess.run(
            [str(PYTHON), "manage.py", *command], cwd=ROOT, env=self.environment, capture_output=True, text=True,
            timeout=patience, check=False,
        )  # fmt: skip


def _runs(process: psutil.Process, words: str) -> bool:
    try:
        return words in " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.NoSuchProcess:
        return 0


def own_time() -> float:
    """A clock that no jump moves."""
    return time.monotonic()


def is_root() -> bool:
    """Whether this account may mount a small disk."""
    return os.geteuid() == 0
