#!/usr/bin/env python3
"""Keeps a filled database of a commit under tests/upgrades/, for the stories in which later code takes it over.

Checks the commit out into a folder of its own, lets its own code migrate and fill both databases (two modules, the
demonstration, a row in each private field), reads them into digests, and packs them: a few hundred kilobytes. Usage, when a
state of `main` should be kept: var/venv/bin/python scripts/keep_upgrade.py [COMMIT]   (the last one without it). Once kept,
a folder is never made again: its rows are made by chance, and what was kept is what has to open.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from surroundings import PYTHON, ROOT

KEPT = ROOT / "tests" / "upgrades"
FILES = {"default": "lodestar.sqlite3", "keys": "keys.sqlite3"}
MARK = "keptmark"  # how the planted words begin
FILL = """
import sys
sys.path.insert(0, ".")
import django
django.setup()
from django.core.management import call_command
for alias, only in (("default", []), ("keys", ["core"])):
    call_command("migrate", *only, database=alias, verbosity=0)
from tests.house.databases import fill
fill()
"""


def main() -> int:
    """Check out, fill, read, pack; exit status 1 with a sentence when it is kept already."""
    commit = _git("rev-parse", "--short=7", sys.argv[1] if len(sys.argv) > 1 else "main").strip()
    kept = KEPT / commit
    if kept.exists():
        print(f"{kept.relative_to(ROOT)} is there already. Nothing was changed.")
        return 1
    with tempfile.TemporaryDirectory(prefix="lodestar-kept-") as name:
        old, var = Path(name) / "old", Path(name) / "var"
        check_out(commit, old)
        (var / "db").mkdir(parents=True)
        run(old, var, "-c", FILL)
        read = run(old, var, str(KEPT / "reading.py"), MARK)
        kept.mkdir()
        keep(kept, var / "db", json.loads(read), migrations_of(old))
    size = sum(path.stat().st_size for path in kept.iterdir()) // 1024
    print(f"{kept.relative_to(ROOT)}: {size} KB")
    return 0


def check_out(commit: str, into: Path) -> None:
    """The files of that commit, with this environment's packages beside them. Raises CalledProcessError without that commit."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(into, filter="data")
    (into / "var").mkdir()
    (into / "var" / "venv").symlink_to(PYTHON.parent.parent)


def run(code: Path, var: Path, *command: str) -> str:
    """What that code says when it runs this on the databases in `var`. Raises CalledProcessError."""
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env |= {
        "LODESTAR_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(code),
    }  # fmt: skip
    done = subprocess.run([str(PYTHON), *command], cwd=code, env=env, check=True, stdout=subprocess.PIPE, text=True)  # fmt: skip
    return done.stdout


def migrations_of(code: Path) -> dict[str, str]:
    """Every migration of ours in that code, with a digest of its file."""
    found = sorted({*code.glob("*/migrations/0*.py"), *code.glob("*/*/migrations/0*.py")})
    return {
        path.relative_to(code).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        for path in found
        if path.parts[len(code.parts)] != "var"
    }


def keep(kept: Path, databases: Path, read: dict[str, object], migrations: dict[str, str]) -> None:
    """Write the databases, each as one packed file, and what was read in them."""
    for name in FILES.values():
        whole = kept / name
        with contextlib.closing(sqlite3.connect(databases / name)) as raw:
            raw.execute("VACUUM INTO ?", [str(whole)])
        packed = lzma.compress(whole.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        whole.with_name(f"{name}.xz").write_bytes(packed)
        whole.unlink()
    said = {**read, "migrations": migrations}
    (kept / "read.json").write_text(json.dumps(said, indent=1, sort_keys=True) + "\n")


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
