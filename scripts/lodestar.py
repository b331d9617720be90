#!/usr/bin/env python3
"""Runs a management command as the service would: with its settings, as its account, in its folder.

Usage, as root: lodestar COMMAND …   (a link to this file; LODESTAR_ENV and LODESTAR_USER name another file and account)
                lodestar serve       the whole site in this terminal, as the service runs it
"""

from __future__ import annotations

import os
import pwd
import re
import sys
from pathlib import Path

from surroundings import PYTHON, ROOT, stop

SETTINGS = "/etc/lodestar/lodestar.env"
ACCOUNT = "lodestar"
LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)")
QUOTED = re.compile(r"'([^']*)'|\"([^\"\\]*)\"|([^'\"\\]*)")
#: What a shell of root may hand on: nothing else of it is the service's business.
KEPT = ("TERM", "LANG", "LC_ALL", "LC_CTYPE")


def main() -> None:
    """Become the service's account and run the command in place of this program. Exit 1 with a sentence when that cannot be."""
    path = Path(os.environ.get("LODESTAR_ENV") or SETTINGS)
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"PATH": "/usr/local/bin:/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "config.settings.production"}  # fmt: skip
    env |= read(path)
    become(os.environ.get("LODESTAR_USER") or ACCOUNT, env)
    os.chdir(ROOT)
    try:
        os.execve(PYTHON, [str(PYTHON), *wanted(sys.argv[1:])], env)
    except OSError as problem:
        stop(
            f"{PYTHON} cannot be started ({problem.strerror}). Nothing was done. Make it with `python3 scripts/bootstrap.py run` "
            f"in {ROOT}."
        )


def wanted(words: list[str]) -> list[str]:
    """What Python is to run for these words."""
    if words == ["serve"]:
        return ["scripts/serve.py", "production"]
    return ["manage.py", *(words or ["help"])]


def read(path: Path) -> dict[str, str]:
    """The settings in the file, by the rules that systemd has for it and that we use of them. Stops with a sentence."""
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "it is no text"
        stop(f"{path} cannot be read ({reason}). Nothing was done. Type the command as root.")
    found = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        parts = LINE.fullmatch(line.strip())
        value = QUOTED.fullmatch(parts[2].strip()) if parts else None
        if parts is None or value is None:
            stop(
                f"Line {number} of {path} is not NAME=value with at most one pair of quotation marks around the value. "
                "Nothing was done."
            )
        found[parts[1]] = next((word for word in value.groups() if word is not None), "")
    return found


def become(account: str, env: dict[str, str]) -> None:
    """Give up being root. Stops with a sentence when there is no such account, or when this is somebody else's shell."""
    try:
        entry = pwd.getpwnam(account)
    except KeyError:
        stop(f"There is no account {account} on this machine. Nothing was done.")
    env |= {"HOME": entry.pw_dir, "USER": account, "LOGNAME": account}
    os.umask(0o077)
    if os.geteuid() == entry.pw_uid:
        return
    if os.geteuid() != 0:
        stop(f"Type the command as root, or as {account}. Nothing was done.")
    os.initgroups(account, entry.pw_gid)
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


if __name__ == "__main__":
    main()
