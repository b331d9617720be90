"""Where things lie and whether a start can work: folders, the port, the lock. Standard library only."""

from __future__ import annotations

import errno
import fcntl
import json
import resource
import shutil
import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config.settings import values  # noqa: E402 (one reader of the environment, for Django and for us)
from core import version  # noqa: E402

VAR = values.VAR
PYTHON = ROOT / "var" / "venv" / "bin" / "python"
PRIVATE = ("db", "keys", "mail", "run")
MOST_STARTS = 50  # lines that are kept
NEEDED_MB = 200  # databases, collected files and logs of a first start
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (where the operator asks for it)


def stop(sentence: str, status: int = 1) -> NoReturn:
    """End the program with one sentence for the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(status)


def say(words: str) -> None:
    """One line of progress."""
    print(words, flush=True)


def keep_memory_off_the_disk() -> None:
    """No core dump of anything that is started from here: it would hold what members wrote, and the keys to it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def make_folders() -> None:
    """Make var/ and its private folders. Stops with a sentence when the disk is full or may not be written."""
    try:
        VAR.mkdir(parents=True, exist_ok=True)
        for name in PRIVATE:
            (VAR / name).mkdir(mode=0o700, exist_ok=True)
            (VAR / name).chmod(0o700)
        free = shutil.disk_usage(VAR).free // 1_000_000
    except OSError as problem:
        stop(
            f"{VAR} cannot be written ({problem.strerror}). Nothing was changed. "
            "Free some space or choose another folder with LODESTAR_VAR."
        )
    if free < NEEDED_MB:
        stop(
            f"Only {free} MB are free on the disk that holds {VAR}, and a start needs {NEEDED_MB} MB. "
            "Nothing was changed. Free some space and start again."
        )


def own_keyring() -> str:
    """A sentence about the keyring, where the demonstration or development uses the one of its own."""
    if values.text("FIELD_KEYS") or values.text("FIELD_KEYS_FILE"):
        return ""
    path = VAR / "keys" / "field_keys.json"
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"Journals are sealed with a keyring of this installation's own, {shown}; without it they stay unreadable."


def wanted_port() -> int:
    """PORT from the environment, 8000 without it. Raises WrongSetting when it is no port."""
    return values.count("PORT", 8000, 65535, least=1024, what="a number")


def wanted_workers() -> int:
    """WEB_WORKERS from the environment, 2 without it. Raises WrongSetting when it is no number of processes."""
    return values.count("WEB_WORKERS", 2, 64, least=1)


def wanted_parts() -> str:
    """SERVE from the environment: web server and worker on this machine, or one of the two. Raises WrongSetting for anything else."""
    return values.one_of("SERVE", "all", ("all", "web", "worker"))


def wanted_host(kind: str) -> str:
    """HOST from the environment in production; loopback elsewhere. Stops with a sentence when it is no address."""
    host = values.text("HOST", "127.0.0.1").strip("[]")
    if not values.is_host(f"[{host}]" if ":" in host else host):
        stop(
            f"HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0 (it is {values.short(host)}). "
            "Nothing was started."
        )
    return host if kind == "production" else "127.0.0.1"


def check_port(host: str, port: int) -> None:
    """Stop with a sentence when something else listens there, or when the address is not this machine's."""
    try:
        family, _type, _proto, _name, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            stop(
                f"Port {port} is used by another program. Nothing was started. "
                f"Choose another one: make run PORT={port + 1000 if port < 64000 else 8000}"
            )
        stop(
            f"HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0 (it is {values.short(host)}: "
            f"{problem.strerror}). Nothing was started."
        )


def reached_at(host: str, port: int) -> str:
    """The address at which this machine reaches a server that listens on `host`."""
    near = EVERYWHERE.get(host, host)
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"


def take_lock() -> IO[str]:
    """The lock on var/: one supervisor at a time. Stops with a sentence that says where the other one answers."""
    file = (VAR / "run" / "serve.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        where = file.read().strip() or "another port"
        stop(f"Lodestar runs already, at {where}. Open that address, or stop it there with Ctrl-C.")
    return file


def note_address(lock: IO[str], kind: str, address: str) -> None:
    """Write into the lock where this supervisor answers, and beside it what manage.py starts with from now on."""
    lock.seek(0)
    lock.truncate()
    lock.write(address)
    lock.flush()
    (VAR / "run" / "last_start.json").write_text(json.dumps({"kind": kind, "address": address}))


def note_start(kind: str) -> None:
    """Add a line for this start to those that the operators' page shows, the last of which stay. No start fails by it."""
    path = VAR / "run" / "starts.jsonl"
    at = datetime.now(UTC).isoformat(timespec="seconds")
    row = {"at": at, "kind": kind, "version": version.version(), "build": version.stamp()}
    draft = path.with_suffix(".draft")
    with suppress(OSError, UnicodeDecodeError):
        before = path.read_text().splitlines()[-MOST_STARTS + 1 :] if path.exists() else []
        draft.write_text("\n".join([*before, json.dumps(row)]) + "\n")
        draft.replace(path)


def demonstration() -> str:
    """What `prepare` noted about the invented people: `loaded`, `left out` beside real ones, or nothing."""
    try:
        return str(json.loads((VAR / "run" / "prepared.json").read_text()).get("demo", ""))
    except (OSError, ValueError, AttributeError):
        return ""
