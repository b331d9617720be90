#!/usr/bin/env python3
"""Proves both set-ups from nothing: a clone of what is committed, in an empty folder, with an empty environment.

First `make run` until it says that it is ready, then smoke and sweep against it, then Ctrl-C. In a second clone the set-up alone,
with uv kept from the network, so that pip does the work. Usage: python3 scripts/fresh_clone.py   Every wait is bounded; the log
is printed when something fails.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 420  # seconds; 180 are promised on an idle machine
PIP_WITHIN = 300
LOOK_WITHIN = 330
END_WITHIN = 40


class Failed(Exception):
    """What went wrong, in a sentence."""


def main() -> int:
    """Run both proofs; exit status 1 when one of them failed."""
    for proof in (site_from_nothing, set_up_without_uv):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="lodestar-clone-") as name:
            try:
                proof(Path(name))
            except (Failed, subprocess.SubprocessError, OSError) as problem:
                log = Path(name) / "log"
                print(log.read_text(errors="replace")[-20_000:] if log.exists() else "", flush=True)
                print(f"{proof.__name__} failed: {problem}", flush=True)
                return 1
        print(f"{proof.__name__}: fine ({time.monotonic() - begun:.0f} s)", flush=True)
    return 0


def site_from_nothing(folder: Path) -> None:
    """`make run` in a clone, looked over by its own scripts, ended as Ctrl-C does."""
    clone, port, begun = cloned(folder), free_port(), time.monotonic()
    with started(["make", "run", f"PORT={port}"], folder, clone) as (process, log):
        wait(lambda: "Lodestar is ready" in log.read_text(), process, READY_WITHIN)
        print(f"ready after {time.monotonic() - begun:.0f} s", flush=True)
        for command in (["make", "smoke"], ["var/venv/bin/python", "scripts/sweep.py"]):
            env = {**bare(folder), "SITE": f"http://localhost:{port}"}
            looked = subprocess.run(command, cwd=clone, env=env, timeout=LOOK_WITHIN, check=False)
            if looked.returncode:
                raise Failed(f"{' '.join(command)} found something wrong.")
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=END_WITHIN)
        if "Everything is kept" not in log.read_text() or listens(port):
            raise Failed("It did not end as it should.")


def set_up_without_uv(folder: Path) -> None:
    """The private environment by pip alone: uv is there and gets nothing from the network or a cache."""
    clone = cloned(folder)
    blocked = {"UV_OFFLINE": "1", "UV_NO_CACHE": "1"}
    with started(["python3", "scripts/bootstrap.py", "run"], folder, clone, **blocked) as (process, log):  # fmt: skip
        wait(lambda: process.poll() is not None, process, PIP_WITHIN)
        if process.returncode or "pip installs the same packages" not in log.read_text():
            raise Failed("The set-up did not go through pip.")
    program = clone / "var" / "venv" / "bin"
    check = [str(program / "python"), "-c", "import django, granian, redis, wagtail"]
    subprocess.run(check, env=bare(folder), check=True, timeout=60)
    subprocess.run([str(program / "granian"), "--version"], env=bare(folder), check=True, timeout=60)  # fmt: skip


def cloned(folder: Path) -> Path:
    """A clone of what is committed here."""
    clone = folder / "clone"
    command = ["git", "-c", f"safe.directory={ROOT}", "clone", "-q", "--no-hardlinks", str(ROOT), str(clone)]  # fmt: skip
    subprocess.run(command, check=True, timeout=120)
    return clone


def bare(folder: Path) -> dict[str, str]:
    """An environment with nothing of ours: a home folder of its own, and where programs are."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return {"HOME": str(home), "PATH": os.environ["PATH"]}


@contextlib.contextmanager
def started(
    command: list[str], folder: Path, clone: Path, **given: str
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A program in a group of its own, as at a terminal; ended in any case. Gives it and its log."""
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=clone, env={**bare(folder), **given}, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield process, log
    finally:
        for wish in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, wish)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=END_WITHIN)


def wait(come_true: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for it. Raises Failed when the program ends first or the time is over."""
    until = time.monotonic() + seconds
    while not come_true():
        if process.poll() is not None and not come_true():
            raise Failed(f"It ended by itself with status {process.returncode}.")
        if time.monotonic() > until:
            raise Failed(f"It took longer than {seconds:.0f} s.")
        time.sleep(0.5)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main())
