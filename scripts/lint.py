#!/usr/bin/env python3
"""Looks the code over: format, rules, templates, types, migrations, and Django's own checks on production settings."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / "var" / "venv" / "bin"


def main() -> int:
    """Run every check, whatever the others said; exit status 1 when one of them failed."""
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))
    with tempfile.TemporaryDirectory(prefix="lodestar-lint-") as folder:
        (Path(folder) / "db").mkdir()
        production = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "LODESTAR_VAR": folder,
            "SECRET_KEY": "only-for-looking-over-the-settings-0123456789-abcdefghijkl",
            "ALLOWED_HOSTS": "equity.example.org",
            "SITE_URL": "https://equity.example.org",
            "FIELD_KEYS": '{"current": "k1", "keys": {"k1": "' + "A" * 43 + '="}}',
        }
        manage = [str(BIN / "python"), "manage.py"]
        checks = [
            ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], None),
            ("rules", [str(BIN / "ruff"), "check", "--quiet", "."], None),
            ("templates", [str(BIN / "djhtml"), "--tabwidth", "2", "--check", *templates], None),
            ("types", [str(BIN / "mypy"), "."], None),
            ("migrations", [*manage, "makemigrations", "--check", "--dry-run", "-v0"], production),
            ("production", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
        ]
        failed = [name for name, command, env in checks if not passes(name, command, env)]
    print(f"Not clean: {', '.join(failed)}." if failed else "Everything is clean.")
    return 1 if failed else 0


def passes(name: str, command: list[str], env: dict[str, str] | None) -> bool:
    """Run one check; its words are shown only when it has something to say."""
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    print(
        f"{name:12} {'clean' if done.returncode == 0 else 'NOT CLEAN'} ({time.monotonic() - begun:.0f} s)",
        flush=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
