#!/usr/bin/env python3
"""Makes the private environment var/venv from a lock file with hashes. Standard library only; a second run takes no time.

Usage: python3 scripts/bootstrap.py {run,dev}   (`dev` holds everything of `run` and what tests need)
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "var" / "venv"
TOOLS = ROOT / "var" / "tools"
LOCKS = {"run": "requirements.txt", "dev": "requirements-dev.txt"}
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
    if any(is_done(enough) for enough in dict.fromkeys((level, "dev"))):
        return 0
    begun = time.monotonic()
    try:
        VENV.parent.mkdir(parents=True, exist_ok=True)
        if not works():
            say("Making a private environment under var/ …")
            make_environment()
        say(f"Installing what Lodestar needs ({LOCKS[level]}), checked against its hashes …")
        install(ROOT / LOCKS[level])
    except OSError as problem:
        stop(
            f"The set-up could not write under var/ ({problem.strerror}). Free some space and start again."
        )
    stamp(level).write_text(wanted(level))
    say(f"The environment is ready ({time.monotonic() - begun:.0f} s).")
    return 0


def stop(sentence: str) -> None:
    """End with one sentence."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)


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


def is_done(level: str) -> bool:
    """Whether this level is set up from this very lock."""
    try:
        return stamp(level).read_text() == wanted(level) and program("python").exists()
    except OSError:
        return False


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
    pip = [sys.executable, "-m", "pip", "install", "-q", "--target", str(TOOLS), "virtualenv"]
    virtualenv = [sys.executable, "-m", "virtualenv", "-q", str(VENV)]
    for command, env in ((pip, clean()), (virtualenv, {**clean(), "PYTHONPATH": str(TOOLS)})):
        if subprocess.run(command, env=env, check=False).returncode:
            stop(
                "A private environment could not be made: this Python has neither venv nor pip. "
                "On Debian and Ubuntu, `apt install python3-venv` brings them. Nothing outside var/ was changed."
            )


def install(lock: Path) -> None:
    """Install the lock with uv, which takes seconds; with pip and the same hashes where uv does not get through."""
    for stale in VENV.glob(".ready-*"):
        stale.unlink()
    if get_uv() and run_uv(lock):
        return
    say("uv does not get through here; pip installs the same packages, which takes a minute …")
    pip = [
        str(program("python")),
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(lock),
    ]
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
    pip = [
        str(program("python")),
        "-m",
        "pip",
        "install",
        "-q",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    lock = ROOT / "requirements-uv.txt"
    done = subprocess.run([*pip, "-r", lock], env=clean(), capture_output=True, check=False)
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
    sys.exit(main())
