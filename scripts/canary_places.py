"""The places of the sweep for canaries: all that a stopped server leaves behind, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from surroundings import PYTHON
from traces import Words, unfolded

Place = tuple[str, bytes]
FILES = ("lodestar.sqlite3", "keys.sqlite3")
URLS = ("DATABASE_URL", "KEYS_DATABASE_URL")
#: In the environment that has a driver: every table of one database, a line a row, into a folder; or one statement.
DUMP = """
import pathlib, psycopg, sys
with psycopg.connect(sys.argv[1], autocommit=True) as raw:
    raw.execute("CHECKPOINT")
    names = raw.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'").fetchall()
    for (name,) in names:
        with raw.cursor().copy(f'COPY (SELECT * FROM "{name}") TO STDOUT') as rows:
            (pathlib.Path(sys.argv[2]) / name).write_bytes(b"".join(bytes(part) for part in rows))
"""
RUN = "import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])"


def files(var: Path, log: Path) -> Iterator[Place]:
    """Every file under the folder of the installation, its databases with what was not yet brought into them, and the log."""
    for path in sorted(var.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield str(path), path.name.encode() + b"\n" + b"\n".join(unfolded(path.read_bytes()))
    yield "what the server said", log.read_bytes()


def databases(var: Path) -> Iterator[Place]:
    """Every row of every table of both databases; then, when all is in them, their own files."""
    if os.environ.get(URLS[0], "").startswith("postgres"):
        for url in dict.fromkeys(os.environ[name] for name in URLS):
            yield from _of_postgres(url)
        yield from _files_of_postgres(os.environ[URLS[0]])
        return
    for name in FILES:
        with contextlib.closing(sqlite3.connect(var / "db" / name)) as raw:
            yield from _of_sqlite(name, raw)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield f"{name}, checkpointed", (var / "db" / name).read_bytes()


def _of_sqlite(file: str, raw: sqlite3.Connection) -> Iterator[Place]:
    raw.text_factory = bytes
    tables = [row[0].decode() for row in raw.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]  # fmt: skip
    for table in tables:
        for row in raw.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 (names of the database itself)
            values = (value if isinstance(value, bytes) else str(value).encode() for value in row)
            yield f"{file}: {table}", b"\n".join(part for value in values for part in unfolded(value))  # fmt: skip


def _of_postgres(url: str) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="lodestar-dump-") as folder:
        subprocess.run([str(PYTHON), "-c", DUMP, url, folder], check=True, timeout=60)
        for table in sorted(Path(folder).iterdir()):
            for row in table.read_bytes().splitlines():
                yield f"{urlsplit(url).path}: {table.name}", row


def _files_of_postgres(url: str) -> Iterator[Place]:
    """The server's own files with its write-ahead log, where it is a throw-away one that this account may read."""
    home = Path(parse_qs(urlsplit(url).query).get("host", ["/nowhere"])[0])
    for path in sorted((home / "data").rglob("*")) if os.access(home, os.R_OK) else ():
        with contextlib.suppress(OSError):  # the server takes files away while it runs
            if path.is_file():
                yield f"PostgreSQL: {path.relative_to(home)}", path.read_bytes()


def leaking(var: Path, words: Words) -> Iterator[str]:
    """A word leaks into one kind of place after the other; each is mended before the next."""
    word = words.word("leak")
    mail = var / "mail" / "leak.eml"
    mail.write_bytes(b"Subject: Hello\n\n" + b64encode(b"So " + word.encode()))
    yield "a mail"
    mail.unlink()
    _run(var, "CREATE TABLE leaky (words text)")
    _run(var, f"INSERT INTO leaky VALUES ('{word.upper()}')")  # noqa: S608 (letters and digits of our own)
    yield "a table"
    _run(var, "DROP TABLE leaky")


def _run(var: Path, statement: str) -> None:
    url = os.environ.get(URLS[0], "")
    if url.startswith("postgres"):
        subprocess.run([str(PYTHON), "-c", RUN, url, statement], check=True, timeout=60)
        return
    with contextlib.closing(sqlite3.connect(var / "db" / FILES[0])) as raw, raw:
        raw.execute(statement)
