"""Children that come back when they die, and that die when their supervisor does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FIRST_WAIT = 0.5  # seconds before the first restart; doubles with each
LONGEST_WAIT = (
    4.0  # with a start of some seconds the site is back within ten, however often it was killed
)
GOOD_LIFE = 60.0  # seconds after which a child counts as healthy again
GRACE = 10.0  # seconds between asking a child to end and ending it
SILENT_FOR = 7200.0  # seconds without a sign of life after which a child hangs: longer than any chore of the worker takes


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
    heartbeat: Path | None = (
        None  # the file in which it leaves its signs of life, where it leaves any
    )
    _beat: int = 0  # when that file was changed last, by the file
    _heard: float = 0.0  # and when that was noticed here, by a clock that nobody sets

    def start(self, watcher: Watcher) -> bool:
        """Start it in a process group of its own. False, with a sentence, when its program cannot be started."""
        self.started = self._heard = time.monotonic()
        try:
            self.process = subprocess.Popen(self.command, env=self.env, start_new_session=True)
        except OSError as problem:
            say(f"The {self.name} cannot be started: {self.command[0]}: {problem.strerror}.")
            self._put_off(self.started)
            return False
        watcher.add(self.process.pid)
        return True

    def look_after(self, watcher: Watcher) -> None:
        """Start it again, after a wait that doubles, when it has died; end what it left behind. At once, when it hangs."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start(watcher)
            return
        if self.process.poll() is None:
            if self._is_silent(now):
                hours = SILENT_FOR / 3600
                say(
                    f"The {self.name} has given no sign of life for {hours:g} hours; it is ended and starts again."
                )
                self.begin_again(watcher)
            return
        _send(self.process.pid, signal.SIGKILL)
        watcher.drop(self.process.pid)
        if now - self.started > GOOD_LIFE:
            self.wait = FIRST_WAIT
        status = self.process.returncode
        say(f"The {self.name} ended (status {status}); it starts again in {self.wait:.1f} s.")
        self._put_off(now)
        self.process = None

    def _is_silent(self, now: float) -> bool:
        """Whether its file has not changed for too long. One that cannot be looked at, or was never there, counts the same."""
        if self.heartbeat is None:
            return False
        with contextlib.suppress(OSError):
            beat = self.heartbeat.stat().st_mtime_ns
            if beat != self._beat:
                self._beat, self._heard = beat, now
        return now - self._heard > SILENT_FOR

    def _put_off(self, now: float) -> None:
        self.due, self.wait = now + self.wait, min(self.wait * 2, LONGEST_WAIT)

    def begin_again(self, watcher: Watcher) -> None:
        """End it, and have it started anew at once."""
        self.ask_to_end()
        self.end(watcher)
        self.process, self.due, self.wait = None, 0.0, FIRST_WAIT

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

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stopping = False
        self.watcher = Watcher()
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._stop)

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def run_once(self, child: Child) -> int | None:
        """Run a program to its end and give its exit status; None when it was told to stop meanwhile."""
        if not child.start(self.watcher):
            return 1
        process = child.process
        while process is not None and process.poll() is None and not self.stopping:
            time.sleep(0.02)
        child.ask_to_end()
        child.end(self.watcher)
        return None if self.stopping or process is None else process.returncode

    def add(self, child: Child) -> bool:
        """Start a child and look after it from now on. False when it cannot be started at all."""
        self.children.append(child)
        return child.start(self.watcher)

    def tick(self) -> None:
        """Look after every child once."""
        for child in self.children:
            child.look_after(self.watcher)

    def run(self, each_time: Callable[[], object] = lambda: None) -> None:
        """Look after the children until a signal comes, then end them all."""
        while not self.stopping:
            self.tick()
            each_time()
            time.sleep(0.1)
        self.end()

    def end(self) -> None:
        """End every child and what it started."""
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end(self.watcher)
        self.watcher.close()


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    watch(int(sys.argv[1]))
