"""Real processes for the stories: a site in a folder of its own, started, asked, killed, and always ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import psutil

ROOT = Path(__file__).resolve().parents[2]
PYTHON = str(ROOT / "var" / "venv" / "bin" / "python")
FOREIGN = (
    "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "KEYS_DATABASE_URL", "PORT", "DEMO", "SECRET_KEY", "SITE_URL", "SITE",
    "HOST", "WEB_WORKERS", "CACHE_URL", "ALLOWED_HOSTS", "PYTHONUNBUFFERED",
    "FIELD_KEYS", "FIELD_KEYS_FILE", "SERVE", "DATABASE_POOL", "REPLICA_DATABASE_URL", "MEDIA_STORAGE_URL",
)  # fmt: skip
PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "equity.example.org,localhost",
    "SITE_URL": "https://equity.example.org",
    "FIELD_KEYS": '{"current": "k1", "keys": {"k1": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}}',
}
near = build_opener(ProxyHandler({}))  # the proxy of the environment is for other machines


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
            with near.open(self.address + path, timeout=30) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return int(refused.code)
        except OSError:
            return 0

    def page(self, path: str) -> str:
        """The text of a page."""
        with near.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

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
def running(folder: Path, words: str = "Lodestar is ready", **given: str) -> Iterator[Site]:
    """A start that has said these words; ended afterwards whatever happened."""
    port = free_port()
    log = folder / "said.txt"
    folder.mkdir(parents=True, exist_ok=True)
    kind = given.pop("kind", "demo")
    with log.open("w") as out:
        process = subprocess.Popen(
            [PYTHON, "scripts/serve.py", kind], env=environment(folder, **{"PORT": str(port), **given}), cwd=ROOT,
            stdout=out, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
    site = Site(process, port, folder)
    try:
        wait_for(lambda: words in log.read_text() or process.poll() is not None, 300)
        assert words in log.read_text(), log.read_text()
        site.said = log.read_text()
        yield site
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def manage(folder: Path, *command: str, **given: str) -> subprocess.CompletedProcess[str]:
    """A management command of the installation in this folder, to its end."""
    return subprocess.run(
        [PYTHON, "manage.py", *command], env=environment(folder, **given), cwd=ROOT, capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip


def alive(processes: list[int]) -> list[int]:
    """Which of them still run; a zombie waits for nothing but its parent."""
    found = []
    for pid in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
                found.append(pid)
    return found


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """What the main database of the installation answers."""
    raw = sqlite3.connect(folder / "db" / "lodestar.sqlite3")
    try:
        with raw:
            return raw.execute(query).fetchall()
    finally:
        raw.close()


def wait_for(condition: Callable[[], object], seconds: float) -> bool:
    """Whether the condition came true within this time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False
