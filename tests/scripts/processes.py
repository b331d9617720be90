"""Real processes for the stories: a site in a folder of its own, started, asked, killed, and always ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parents[2]
PYTHON = str(ROOT / "var" / "venv" / "bin" / "python")
FOREIGN = (
    "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "KEYS_DATABASE_URL", "PORT", "DEMO", "SECRET_KEY", "SITE_URL", "SITE",
)  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **given: str) -> dict[str, str]:
    """The environment of a child that writes into `folder` alone."""
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**env, "LODESTAR_VAR": str(folder), **given}


def serve(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself, with a sentence."""
    return subprocess.run(
        [PYTHON, "scripts/serve.py", given.pop("kind", "demo")],
        env=environment(folder, **{"PORT": str(free_port()), **given}), cwd=ROOT, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip


@dataclass
class Site:
    """A running site."""

    process: subprocess.Popen[str]
    port: int
    folder: Path
    said: str = ""

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    def status(self, path: str) -> int:
        """The status of a page; 0 when nobody answers."""
        try:
            with urlopen(self.address + path, timeout=5) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return int(refused.code)
        except OSError:
            return 0

    def children(self, words: str) -> list[int]:
        """Processes below the supervisor whose command line holds these words."""
        found = []
        for process in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
                if words in " ".join(process.cmdline()):
                    found.append(process.pid)
        return found

    def end(self) -> int:
        """Ask it to end; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=25)


@contextmanager
def running(folder: Path, **given: str) -> Iterator[Site]:
    """A site that has said it is ready; ended afterwards whatever happened."""
    port = free_port()
    log = folder / "said.txt"
    folder.mkdir(parents=True, exist_ok=True)
    with log.open("w") as out:
        process = subprocess.Popen(
            [PYTHON, "scripts/serve.py", "demo"], env=environment(folder, **{"PORT": str(port), **given}), cwd=ROOT,
            stdout=out, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
    site = Site(process, port, folder)
    try:
        assert wait_for(lambda: "Lodestar is ready" in log.read_text(), 90), log.read_text()
        site.said = log.read_text()
        yield site
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def wait_for(condition: Callable[[], object], seconds: float) -> bool:
    """Whether the condition came true within this time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False
