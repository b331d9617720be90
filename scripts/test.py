#!/usr/bin/env python3
"""Runs all tests: on SQLite, then on a real PostgreSQL, with the browser stories where a Chromium can be found.

Usage: python scripts/test.py [--walks | --long] [arguments for pytest]
STRICT=1 fails when a PostgreSQL or browser test was left out. `--walks` runs the stories that go through every page, address
and parameter, and only those; without it they are left to `make walks`. `--long` runs what takes minutes a story and then every
story of a database on PostgreSQL, walks among them, of which a plain run tells those that may differ there; its result goes to
bench/long.json.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / "var" / "venv" / "bin" / "python"
RESULTS = ROOT / "bench" / "long.json"
#: Which stories a run tells, on SQLite and on PostgreSQL, by its option; without a second word on SQLite alone.
WHICH = {
    "": ("not walk and not long", "not walk and not long"),
    "--walks": ("walk", ""),
    "--long": ("long", "not long"),
}
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
    ring = next((one for one in sys.argv[1:] if one in WHICH), "")
    extra = [one for one in sys.argv[1:] if one not in WHICH]
    if ring == "--long":
        env["LODESTAR_ALL_ON_POSTGRES"] = "1"
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lodestar-told-") as folder:
        first, second = _both(env, WHICH[ring], extra, Path(folder))
        if ring == "--long" and not extra:
            _keep(Path(folder))
    if second == 3 and not strict:
        print("No PostgreSQL was found, so its tests were skipped.")
        second = 0
    seconds = time.monotonic() - begun
    # 5: nothing of what was asked for is told in this pass, as when it comes near no database.
    passed = {first, second} <= {0, 5} and 0 in (first, second)
    print(f"{'All tests passed' if passed else 'Some tests failed'} after {seconds:.0f} s.")
    return 0 if passed else 1


def _both(
    env: dict[str, str], which: tuple[str, str], extra: list[str], folder: Path
) -> tuple[int, int]:
    """Tell these stories on SQLite and on PostgreSQL, with what became of them in this folder. The two exit statuses."""
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
    now = [*pytest, f"--junitxml={folder / 'sqlite.xml'}", "-m", which[0], *extra]
    if not which[1]:
        return subprocess.call(now, cwd=ROOT, env=env), 5
    elsewhere = f"{which[1]} and not browser and not scripts and not once"
    later = [*pytest, f"--junitxml={folder / 'postgresql.xml'}", "-m", elsewhere, *extra]
    with subprocess.Popen(
        [str(PYTHON), "scripts/with_postgres.py", str(PYTHON), "scripts/after_sqlite.py", *later],
        cwd=ROOT, env=env, stdin=subprocess.PIPE,
    ) as beside:  # fmt: skip
        print("Tests on SQLite", flush=True)
        first = subprocess.call(now, cwd=ROOT, env=env)
        print("Tests on PostgreSQL", flush=True)
        beside.communicate()  # the end of its input is the word to begin
    return first, beside.returncode


def _keep(folder: Path) -> None:
    """Write what became of the long stories where it is committed."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()  # fmt: skip
    told = {}
    for file in sorted(folder.glob("*.xml")):
        suite = next(ElementTree.parse(file).getroot().iter("testsuite"))  # noqa: S314 (our own)
        counted = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}  # fmt: skip
        told[file.stem] = {**counted, "seconds": round(float(suite.get("time", 0)))}
    kept = {"day": time.strftime("%Y-%m-%d"), "commit": commit, **told}
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n")


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
