"""Where things lie and whether a start can work: folders, the key of the demonstration, the port, the lock."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import socket
import sys
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("LODESTAR_VAR") or ROOT / "var").resolve()
PYTHON = ROOT / "var" / "venv" / "bin" / "python"
PRIVATE = ("db", "keys", "mail", "run")
NEEDED_MB = 200  # databases, collected files and logs of a first start


def stop(sentence: str, status: int = 1) -> NoReturn:
    """End the program with one sentence for the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(status)


def say(words: str) -> None:
    """One line of progress."""
    print(words, flush=True)


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


def own_secret_key() -> str:
    """The key of this installation's demonstration, made once, readable by its owner alone."""
    path = VAR / "keys" / "secret_key"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    if path.stat().st_mode & 0o077:
        stop(
            f"{path} can be read by others. Set it to mode 0600 (chmod 600) and start again; nothing was started."
        )
    return path.read_text().strip()


def wanted_port() -> int:
    """PORT from the environment, 8000 without it. Stops with a sentence when it is no port."""
    value = os.environ.get("PORT") or "8000"
    if not value.isascii() or not value.isdigit() or not 1024 <= int(value) <= 65535:
        stop(f"PORT must be a number from 1024 to 65535 (it is {value!r}). Nothing was started.")
    return int(value)


def check_port(port: int) -> None:
    """Stop with a sentence when something else listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            stop(
                f"Port {port} is used by another program. Nothing was started. "
                f"Choose another one: make run PORT={port + 1000 if port < 64000 else 8000}"
            )


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


def note_address(lock: IO[str], address: str) -> None:
    """Write into the lock where this supervisor answers."""
    lock.seek(0)
    lock.truncate()
    lock.write(address)
    lock.flush()
