#!/usr/bin/env python3
"""Runs all tests: on SQLite, then on a real PostgreSQL, with the browser stories where a Chromium can be found.

Usage: python scripts/test.py [--walks] [arguments for pytest]
STRICT=1 fails when a PostgreSQL or browser test was left out. `--walks` runs the stories that go through every page, address
and parameter, and only those; without it they are left to `make walks`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / "var" / "venv" / "bin" / "python"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Run both passes and say how they ended."""
    strict = os.environ.get("STRICT") == "1"
    env = {**os.environ, "LODESTAR_STRICT": "1" if strict else "0"}
    # Without compiled modules, each process that a story starts compiles the whole of Wagtail again.
    for name in (
        "DATABASE_URL",
        "KEYS_DATABASE_URL",
        "DJANGO_SETTINGS_MODULE",
        "LODESTAR_VAR",
        "PYTHONDONTWRITEBYTECODE",
    ):
        env.pop(name, None)
    found = find_chromium()
    if found:
        env["LODESTAR_CHROMIUM"] = found
    elif strict:
        print(
            "STRICT=1 asks for browser stories, and no Chromium was found. Install one and run again."
        )
        return 1
    else:
        print("No Chromium was found or could be fetched, so browser stories were skipped.")
    extra = [one for one in sys.argv[1:] if one != "--walks"]
    which = "walk" if "--walks" in sys.argv else "not walk"
    elsewhere = f"{which} and not browser and not scripts and not once"
    begun = time.monotonic()
    # One more than there are cores, for stories that wait. Long stories stand first; a worker that has nothing left takes from the end of another's share.
    workers = [
        "-n",
        os.environ.get("WORKERS") or str((os.cpu_count() or 1) + 1),
        "--dist",
        "worksteal",
        "--durations=12",
        "-rfER",
    ]
    pytest = [str(PYTHON), "-m", "pytest", *workers]
    later = [*pytest, "-m", elsewhere, *extra]
    with subprocess.Popen(
        [str(PYTHON), "scripts/with_postgres.py", str(PYTHON), "scripts/after_sqlite.py", *later],
        cwd=ROOT, env=env, stdin=subprocess.PIPE,
    ) as beside:  # fmt: skip
        print("Tests on SQLite", flush=True)
        first = subprocess.call([*pytest, "-m", which, *extra], cwd=ROOT, env=env)
        print("Tests on PostgreSQL", flush=True)
        beside.communicate()  # the end of its input is the word to begin
    second = beside.returncode
    if second == 3 and not strict:
        print("No PostgreSQL was found, so its tests were skipped.")
        second = 0
    seconds = time.monotonic() - begun
    # 5: nothing of what was asked for is told in this pass, as when it comes near no database.
    passed = {first, second} <= {0, 5} and 0 in (first, second)
    print(f"{'All tests passed' if passed else 'Some tests failed'} after {seconds:.0f} s.")
    return 0 if passed else 1


def find_chromium() -> str | None:
    """A Chromium to test with: the one named, one that is installed, else Playwright's own within 20 seconds."""
    named = os.environ.get("CHROMIUM") or os.environ.get("LODESTAR_CHROMIUM")
    if named:
        return named
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    fetch = [str(PYTHON), "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(fetch, timeout=20, capture_output=True, check=True)
        ask = "from playwright.sync_api import sync_playwright as s; p=s().start(); print(p.chromium.executable_path); p.stop()"
        said = subprocess.run(
            [str(PYTHON), "-c", ask], capture_output=True, text=True, timeout=20, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return None
    path = said.stdout.strip()
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(main())
