"""Children that come back when they die, and that die when their supervisor does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

FIRST_WAIT = 0.5  # seconds before the first restart; doubles with each
LONGEST_WAIT = 30.0
GOOD_LIFE = 60.0  # seconds after which a child counts as healthy again
GRACE = 10.0  # seconds between asking a child to end and ending it


class Watcher:
    """A process of its own that ends every child's group when the supervisor is gone, however it went.

    It reads the groups from a pipe. Only the supervisor holds the other end, so its death is the end of the pipe.
    """

    def __init__(self) -> None:
        reader, self._writer = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), str(reader)],
            pass_fds=[reader],
            start_new_session=True,
        )
        os.close(reader)

    def add(self, group: int) -> None:
        """Watch over a process group."""
        os.write(self._writer, f"+{group}\n".encode())

    def drop(self, group: int) -> None:
        """Forget a group that has ended."""
        os.write(self._writer, f"-{group}\n".encode())

    def close(self) -> None:
        """End the watch; what is still listed is ended too."""
        os.close(self._writer)
        self._process.wait()


def watch(reader: int) -> None:
    """The watcher's own work: remember the groups, and end them when the pipe ends."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    groups: set[int] = set()
    with os.fdopen(reader) as lines:
        for line in lines:
            (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    end_groups(groups)


def end_groups(groups: set[int]) -> None:
    """Ask the groups to end, and end by force what is still there after a moment."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        groups = {group for group in groups if _send(group, wish)}
        deadline = time.monotonic() + 5
        while groups and wish is signal.SIGTERM and time.monotonic() < deadline:
            time.sleep(0.05)
            groups = {group for group in groups if _send(group, 0)}


def _send(group: int, what: int) -> bool:
    try:
        os.killpg(group, what)
    except (ProcessLookupError, PermissionError):
        return False
    return True


@dataclass
class Child:
    """One program that should run as long as the supervisor does."""

    name: str
    command: list[str]
    env: dict[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = FIRST_WAIT
    due: float = 0.0

    def start(self, watcher: Watcher) -> None:
        """Start it in a process group of its own."""
        self.process = subprocess.Popen(self.command, env=self.env, start_new_session=True)
        self.started = time.monotonic()
        watcher.add(self.process.pid)

    def look_after(self, watcher: Watcher) -> None:
        """Start it again, after a wait that doubles, when it has died; end what it left behind."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start(watcher)
            return
        if self.process.poll() is None:
            return
        _send(self.process.pid, signal.SIGKILL)
        watcher.drop(self.process.pid)
        if now - self.started > GOOD_LIFE:
            self.wait = FIRST_WAIT
        print(
            f"The {self.name} ended (status {self.process.returncode}); it starts again in {self.wait:.1f} s.",
            file=sys.stderr,
            flush=True,
        )
        self.due, self.wait = now + self.wait, min(self.wait * 2, LONGEST_WAIT)
        self.process = None

    def ask_to_end(self) -> None:
        """Tell it to finish."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, watcher: Watcher) -> None:
        """Wait a little for it to finish, then end it and all it started."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=GRACE)
        _send(self.process.pid, signal.SIGKILL)
        self.process.wait()
        watcher.drop(self.process.pid)


class Supervisor:
    """Runs its children until it is told to stop."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False
        self.watcher = Watcher()

    def start(self) -> None:
        """Start every child and listen for the signals that end a program."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._stop)
        for child in self.children:
            child.start(self.watcher)

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def tick(self) -> None:
        """Look after every child once."""
        for child in self.children:
            child.look_after(self.watcher)

    def run(self) -> None:
        """Look after the children until a signal comes, then end them all."""
        while not self.stopping:
            self.tick()
            time.sleep(0.1)
        self.end()

    def end(self) -> None:
        """End every child and what it started."""
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end(self.watcher)
        self.watcher.close()


if __name__ == "__main__":
    watch(int(sys.argv[1]))
