"""SQLite: copied through its own backup interface, which sees one moment while others write; put in place by renaming."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connections

from operations.backups import files
from operations.backups.refusing import Refused

PAGES = 2_000  # pages a step: eight megabytes
TAILS = ("", "-wal", "-shm", "-journal")
WAITS = 10.0  # seconds for a lock


@dataclass(frozen=True)
class HeldFile:
    """See `engines.Held`: a connection inside a read transaction, which in WAL mode keeps no writer waiting."""

    raw: sqlite3.Connection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database answered at that moment."""
        return self.raw.execute(sql).fetchall()

    def copy(self, target: Path) -> None:
        """Copy page by page what this transaction sees; the steps do not begin anew when somebody writes meanwhile."""
        try:
            with closing(sqlite3.connect(files.private_file(target))) as made:
                self.raw.backup(made, pages=PAGES)
                # One file without companions, whatever is opened beside it.
                made.execute("PRAGMA journal_mode=DELETE")
                if made.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    raise Refused(
                        "The database is damaged: its copy did not pass the check. No backup was made, and older ones are "
                        "kept. Restore the last good one (docs/operations.md)."
                    )
        except sqlite3.Error as problem:
            raise _refused(problem) from None
        files.settle(target)


class Sqlite:
    """See `engines.Engine`."""

    suffix = "sqlite3"

    @contextmanager
    def hold(self, alias: str) -> Iterator[HeldFile]:
        """Begin to read, and let go at the end."""
        where = f"file:{quote(str(_path(alias)))}?mode=ro"
        try:
            with closing(
                sqlite3.connect(where, uri=True, isolation_level=None, timeout=WAITS)
            ) as raw:
                raw.execute("BEGIN")
                raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
                yield HeldFile(raw)
        except sqlite3.Error as problem:
            raise _refused(problem) from None

    def size(self, alias: str) -> int:
        """The file and what waits to be brought into it."""
        return sum(path.stat().st_size for path in _parts(alias) if path.exists())

    def stands(self, alias: str) -> bool:
        """Whether there is a file with anything in it."""
        return any(path.exists() and path.stat().st_size for path in _parts(alias))

    def put_aside(self, folder: Path) -> None:
        """Move the files as they are, damaged ones too."""
        for alias in connections:
            connections[alias].close()
            for path in _parts(alias):
                if path.exists():
                    shutil.move(path, folder / path.name)  # which may be another disk
        files.settle(folder)

    def apart(self) -> AbstractContextManager[Callable[[], None]]:
        """A file has one machine, which the lock of its site keeps away, and for which the note in `var/run/` is enough."""
        return nullcontext(lambda: None)

    def note_whole(self) -> None:
        """There is no more than that note."""

    def is_half(self, *, noted: bool) -> bool:
        """What the note says."""
        return noted

    def put(self, copies: Mapping[str, Path]) -> None:
        """Copy beside the place, then rename."""
        for alias, copy in copies.items():
            target = _path(alias)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = target.with_name(f".restoring-{target.name}")
            files.copy(copy, draft)
            connections[alias].close()
            for path in _parts(alias):
                path.unlink(missing_ok=True)
            os.replace(draft, target)
            files.settle(target.parent)


def applied_in(file: Path) -> list[str]:
    """The migrations that a copy of a main database has seen, once it passed the check. Raises Refused."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as raw:
            if raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]:
                rows = raw.execute("SELECT app, name FROM django_migrations").fetchall()
                return [f"{app}.{name}" for app, name in rows]
    except sqlite3.Error:
        pass
    raise Refused(
        f"{file} is no sound copy of a main database. Nothing was changed. Make it anew (litestream restore), or leave --main out."
    )


def _path(alias: str) -> Path:
    return Path(str(connections[alias].settings_dict["NAME"]))


def _parts(alias: str) -> list[Path]:
    path = _path(alias)
    return [path.with_name(path.name + tail) for tail in TAILS]


def _refused(problem: sqlite3.Error) -> Refused:
    return Refused(
        f"The database cannot be copied: {' '.join(str(problem).split())}. No backup was made, and older ones are kept. If "
        "the disk is full or busy, mend that and try again; if the database is damaged, restore the last good backup."
    )
