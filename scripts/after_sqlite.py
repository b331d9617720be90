#!/usr/bin/env python3
"""Fills the databases of the second pass while the first one runs, and begins with the pass when its input ends.

Usage (by scripts/test.py, beside a server of scripts/with_postgres.py): python scripts/after_sqlite.py COMMAND …
Migrating keeps one core busy for twenty seconds, in which all workers of the pass would wait for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILL = "import django; django.setup(); from tests.house.databases import Copies; Copies('beforehand').make_original()"


def main() -> int:
    """Fill, wait, run the command, give its exit status."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    # When it fails, so does the first worker of the pass, which says why.
    quiet = subprocess.DEVNULL
    subprocess.run(
        [sys.executable, "-c", FILL], cwd=ROOT, env=env, stdin=quiet, stdout=quiet, stderr=quiet, check=False
    )  # fmt: skip
    sys.stdin.read()
    return subprocess.call(sys.argv[1:], cwd=ROOT, stdin=quiet)


if __name__ == "__main__":
    sys.exit(main())
