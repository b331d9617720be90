"""A site of the benchmark's own: a folder, its databases, its keyring, served with the command line of `make serve`."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from bench.load import family, proxied
from bench.telling import step
from config.settings import keyring
from config.settings.keyring import KEY_BYTES, Keyring

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
DONE = "prepared"  # a file beside the databases that says so
PATIENCE, ENDING = 180, 30  # seconds until a server must answer, and until it must have ended
#: A worker reads its code with its first request; so many lines reach each of two, but once in thirty thousand starts.
FIRST_REQUESTS = 16
#: What the environment may say about another installation, and must not say about this one.
FOREIGN = ("DEBUG", "DEMO", "FIELD_KEYS", "CACHE_URL", "REDIS_URL", "DATABASE_POOL", "MEDIA_ROOT", "CSRF_TRUSTED_ORIGINS", "SECRET_KEY_FALLBACKS", "SERVE", "REPLICA_DATABASE_URL", "MEDIA_STORAGE_URL")  # fmt: skip

Python = Callable[..., str]


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Site:
    """One installation: its environment, and what can be done with it."""

    env: dict[str, str]
    kind: str = "granian"
    port: int = field(default_factory=free_port)

    def manage(self, *arguments: str) -> None:
        """Run a management command. Raises RuntimeError with what it said when it failed."""
        _run([sys.executable, "manage.py", *arguments], self.env)

    def python(self, *arguments: str) -> str:
        """Run a module and give what it printed. Raises RuntimeError with what it said when it failed."""
        return _run([sys.executable, *arguments], self.env)

    @contextmanager
    def serve(self) -> Iterator[tuple[str, int]]:
        """Run the web server; gives its address and process id, and ends it afterwards."""
        log = Path(self.env["LODESTAR_VAR"]) / "server.log"
        with log.open("ab") as said:
            process = subprocess.Popen(command_of(self.kind, self.port), env=self.env, cwd=ROOT, stdout=said, stderr=said)  # fmt: skip
        try:
            base = f"http://127.0.0.1:{self.port}"
            _wait_for(base, process, log)
            yield base, process.pid
        finally:
            end(process)

    def prepare(self) -> None:
        """Tables, curriculum, the invented people, collected files."""
        step("setting up two databases")
        for command in (
            ("migrate", "--noinput", "-v0"),
            ("migrate", "core", "--noinput", "-v0", "--database", "keys"),
            ("createcachetable",),
            ("load_curriculum",),
            ("load_demo",),
            ("collectstatic", "--noinput", "-v0"),
        ):
            self.manage(*command)

    def sessions(self, email: str, many: int) -> tuple[str, ...]:
        """Cookies of fresh sessions of a member, made without a password."""
        import json

        return tuple(json.loads(self.python("-m", "bench.seed", "sessions", email, str(many))))

    def prepare_tiny(self) -> None:
        """The one page of the yardstick."""
        self.manage("migrate", "--noinput", "-v0")
        self.python("-m", "bench.seed", "tiny")


@contextmanager
def site(
    kind: str = "granian", *, like: Path | None = None, database: str = "", **more: str
) -> Iterator[Site]:
    """A site in a folder that goes away; `like`: as a copy of a prepared one.

    `database`: a PostgreSQL address with `{}` for the name, instead of SQLite's files.
    """
    with tempfile.TemporaryDirectory(prefix="lodestar-bench-") as folder:
        if like:
            shutil.copytree(like, folder, dirs_exist_ok=True)
        env = environment(Path(folder), **more)
        if database:
            env |= {"DATABASE_URL": database.format("lodestar"), "KEYS_DATABASE_URL": database.format("lodestar_keys")}  # fmt: skip
        yield Site(env, kind)


def tiny_site(folder: Path, kind: str = "granian") -> Site:
    """The yardstick in this folder, on SQLite whatever the product stands on. Made there unless it is there."""
    folder.mkdir(exist_ok=True)
    env = environment(folder, DJANGO_SETTINGS_MODULE="bench.tiny.settings")
    found = Site(env, kind)
    if not (folder / DONE).exists():
        found.prepare_tiny()
        (folder / DONE).touch()
    return found


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What production is told, for a site in this folder, with a keyring of its own."""
    for name in ("db", "keys", "mail"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    keys = folder / "keys" / "field_keys.json"
    if not keys.exists():
        ring = Keyring("k1", {"k1": secrets.token_bytes(KEY_BYTES)})
        keyring.write(keys, ring, replace=False)
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {
        **kept,
        "LODESTAR_VAR": str(folder),
        "SECRET_KEY": "benchmark-key-that-guards-nothing-and-is-long-enough-for-checks",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": str(ROOT),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": "https://localhost",
        "FIELD_KEYS_FILE": str(keys),
        "TRUSTED_PROXY_COUNT": "1",
        "EMAIL_URL": f"file://{folder}/mail",
        "SIGNUP": "open",
        "STAFF_SECOND_FACTOR": "offered",
        **more,
    }


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server with its workers: politely, and if it does not hear that, as it was still starting, by force."""
    whole = family(process.pid)
    process.terminate()
    try:
        process.wait(timeout=ENDING)
    except subprocess.TimeoutExpired:
        for one in whole:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        process.wait()


def command_of(kind: str, port: int) -> list[str]:
    """The command line of an app server: that of `make serve`, or of one to compare it with."""
    if kind == "granian":
        sys.path.append(str(ROOT / "scripts"))
        # The supervisor's own: what is measured is what is served.
        from serve import Start, web_command

        return web_command(Start("production", "127.0.0.1", port, WORKERS, people=False))
    here = Path(sys.executable).parent
    gunicorn = [str(here / "gunicorn"), "-b", f"127.0.0.1:{port}", "-w", str(WORKERS), "config.wsgi"]  # fmt: skip
    return [*gunicorn, "--threads", "4"] if kind == "gunicorn-threads" else gunicorn


def _wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until each worker has answered. Raises RuntimeError with the server's last lines when it has ended, or is not there in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            _any_answer(f"{base}/healthz")
            for _ in range(FIRST_REQUESTS):
                _any_answer(f"{base}/")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The web server did not start; nothing was measured. It said:\n{log.read_text()[-2_000:]}")  # fmt: skip


def _any_answer(url: str) -> None:
    """An answer of whatever status: tiny has neither of these pages. Raises OSError without one."""
    with suppress(HTTPError):
        request = Request(url, headers=proxied(url))  # noqa: S310 (our own server)
        build_opener(ProxyHandler({})).open(request, timeout=PATIENCE)


def _run(command: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)
    if done.returncode not in {0, 2}:
        raise RuntimeError(f"{' '.join(command[1:])} failed:\n{done.stderr[-3_000:]}")
    return done.stdout
