#!/usr/bin/env python3
"""Makes the private environment var/venv from a lock file with hashes. Standard library only; a second run takes no time.

Usage: python3 scripts/bootstrap.py {run,dev}   (`dev` holds everything of `run` and what tests need)
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "var" / "venv"
TOOLS = ROOT / "var" / "tools"
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
#: What the commands start; an environment without one of them is made again.
PROGRAMS = {"run": ("python", "granian"), "dev": ("python", "granian", "pytest", "ruff", "mypy")}
PIP = ("-m", "pip", "install", "--require-hashes", "--only-binary", ":all:")
INTERRUPTED = 130  # what a shell expects after Ctrl-C
OLDEST = (3, 11)
#: Variables of the caller's own Python that would lead the new environment astray.
FOREIGN = (
    "PIP_USER",
    "PIP_TARGET",
    "PIP_REQUIRE_VIRTUALENV",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
)


def main() -> int:
    """Set up what the level asks for; does nothing when it is there already."""
    level = sys.argv[1] if len(sys.argv) > 1 else "run"
    if level not in LOCKS:
        stop("Say which environment to set up: run or dev.")
    if sys.version_info < OLDEST:
        stop(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Start make with PYTHON=python3.11."
        )
    if is_set_up(level):
        return 0
    begun = time.monotonic()
    try:
        VENV.parent.mkdir(parents=True, exist_ok=True)
        with (VENV.parent / "bootstrap.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # `make run` and `make test` in two terminals
            if is_set_up(level):
                return 0
            set_up(level)
    except OSError as problem:
        stop(
            f"The set-up could not write under var/ ({problem.strerror}). Free some space and start again."
        )
    say(f"The environment is ready ({time.monotonic() - begun:.0f} s).")
    return 0


def set_up(level: str) -> None:
    """Make the environment where there is none or a part of it is gone, and install the lock into it."""
    if is_damaged():
        say("A part of the private environment under var/ is missing, so it is made again …")
        make_environment()
    elif not works():
        say("Making a private environment under var/ …")
        make_environment()
    say(f"Installing what Lodestar needs ({LOCKS[level]}), checked against its hashes …")
    install(ROOT / LOCKS[level])
    if not starts(level):  # packages that count as installed and have lost their programs
        make_environment()
        install(ROOT / LOCKS[level])
    stamp(level).write_text("\n".join([wanted(level), *parts()]))


def stop(sentence: str, status: int = 1) -> NoReturn:
    """End with one sentence."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(status)


def say(words: str) -> None:
    """One line of progress."""
    print(words, flush=True)


def stamp(level: str) -> Path:
    """The file that says that a level is set up."""
    return VENV / f".ready-{level}"


def wanted(level: str) -> str:
    """What the stamp must hold: the lock and this interpreter."""
    lock = (ROOT / LOCKS[level]).read_bytes()
    return hashlib.sha256(lock + sys.version.encode()).hexdigest()


def is_set_up(level: str) -> bool:
    """Whether this level, or the one that holds everything, is set up from this very lock and whole."""
    return any(is_done(enough) for enough in dict.fromkeys((level, "dev")))


def is_done(level: str) -> bool:
    """Whether this level is set up from this very lock, and nothing of it has gone since."""
    try:
        lock, *listed = stamp(level).read_text().splitlines()
    except (OSError, ValueError):
        return False
    return lock == wanted(level) and bool(listed) and set(listed) <= set(parts()) and starts(level)


def is_damaged() -> bool:
    """Whether something of an environment that was whole is gone. Installing again would not bring it back."""
    try:
        stamps = [path.read_text().splitlines()[1:] for path in VENV.glob(".ready-*")]
    except OSError:
        return True
    here = set(parts())
    return any(not set(listed) <= here for listed in stamps)


def starts(level: str) -> bool:
    """Whether the programs of the level are there; their targets, too."""
    return all(program(name).exists() for name in PROGRAMS[level])


def parts() -> list[str]:
    """The programs and the packages of the environment, as one listing of each folder shows them."""
    folders = [VENV / "bin", *VENV.glob("lib/python3*/site-packages")]
    return sorted(
        f"{folder.name}/{name}"
        for folder in folders
        if folder.is_dir()
        for name in os.listdir(folder)
        if name != "__pycache__"
    )


def program(name: str) -> Path:
    """A program of the environment."""
    return VENV / "bin" / name


def works() -> bool:
    """Whether there is an environment whose Python and pip start (a set-up that was killed half-way leaves neither)."""
    try:
        command = [
            str(program("python")),
            "-c",
            "import sys, pip; sys.exit(sys.version_info < (3, 11))",
        ]
        return (
            subprocess.run(command, capture_output=True, env=clean(), check=False).returncode == 0
        )
    except OSError:
        return False


def clean() -> dict[str, str]:
    """The environment variables for pip and uv, without what belongs to the caller's own Python."""
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return {**env, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "UV_NO_PROGRESS": "1"}


def make_environment() -> None:
    """A fresh environment; with virtualenv where this Python has no ensurepip (Debian without python3-venv)."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, env=clean(), check=False
    )
    if made.returncode == 0 and works():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    lock = str(ROOT / "requirements-virtualenv.txt")
    pip = [sys.executable, *PIP, "-q", "--target", str(TOOLS), "-r", lock]
    virtualenv = [sys.executable, "-m", "virtualenv", "-q", str(VENV)]
    for command, env in ((pip, clean()), (virtualenv, {**clean(), "PYTHONPATH": str(TOOLS)})):
        if subprocess.run(command, env=env, check=False).returncode:
            stop(
                "A private environment could not be made: this Python has neither venv nor pip, or the network is "
                "away. On Debian and Ubuntu, `apt install python3-venv` brings venv. Nothing outside var/ was changed."
            )


def install(lock: Path) -> None:
    """Install the lock with uv, which takes seconds; with pip and the same hashes where uv does not get through."""
    for stale in VENV.glob(".ready-*"):
        stale.unlink()
    if get_uv() and run_uv(lock):
        return
    say("uv does not get through here; pip installs the same packages, which takes a minute …")
    pip = [str(program("python")), *PIP, "-r", str(lock)]
    quiet = [] if sys.stdout.isatty() else ["-q"]
    if subprocess.run([*pip, *quiet], env=clean(), check=False).returncode:
        stop(
            "The packages could not be installed; the lines above say why. Often the network is away or the disk is "
            "full. Nothing outside var/ was changed; start again when that is mended."
        )


def get_uv() -> bool:
    """Whether uv is in the environment, installed there by its own hash when it is missing."""
    if program("uv").exists():
        return True
    lock = ROOT / "requirements-uv.txt"
    pip = [str(program("python")), *PIP, "-q", "-r", str(lock)]
    done = subprocess.run(pip, env=clean(), capture_output=True, check=False)
    return done.returncode == 0 and program("uv").exists()


def run_uv(lock: Path) -> bool:
    """Install with uv; tried with its own certificates, then with the system's."""
    base = [
        str(program("uv")),
        "pip",
        "install",
        "--require-hashes",
        "--python",
        str(program("python")),
        "-r",
        str(lock),
    ]
    quiet = [] if sys.stdout.isatty() else ["-q"]
    for extra in ([], ["--system-certs"], ["--native-tls"]):
        if (
            subprocess.run(
                [*base, *quiet, *extra],
                env=clean(),
                capture_output=not sys.stdout.isatty(),
                check=False,
            ).returncode
            == 0
        ):
            return True
    return False


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        stop("Stopped. Nothing outside var/ was changed; start again to go on.", INTERRUPTED)
