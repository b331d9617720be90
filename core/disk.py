"""The folders that this installation writes into: how much room is left on their disks, and whether they take a file.

Of a PostgreSQL elsewhere nothing can be seen from here.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

#: Errors of the operating system that mean: there is no room for it.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FULL_IN_SQLITE = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHM", "SQLITE_IOERR_TRUNCATE")
LEAST_SHARE, LEAST_BYTES = 0.10, 500_000_000


@dataclass(frozen=True)
class Room:
    """What is left on one disk, in bytes."""

    free: int
    total: int

    @property
    def is_enough(self) -> bool:
        """Whether at least a tenth and 500 MB are left."""
        return self.free >= LEAST_BYTES and self.free >= self.total * LEAST_SHARE


def folders() -> list[Path]:
    """Where this installation writes, each disk once: everything under var/, uploads, the databases that are files."""
    wanted = [Path(settings.VAR), Path(settings.MEDIA_ROOT)]
    for values in settings.DATABASES.values():
        if values["ENGINE"].endswith("sqlite3"):
            wanted.append(Path(str(values["NAME"])).parent)
    disks = {os.stat(folder).st_dev: folder for folder in reversed([*map(_there, wanted)])}
    return list(reversed(disks.values()))


def rooms() -> Iterator[Room]:
    """How much is left on each of the disks. Raises OSError."""
    for folder in folders():
        usage = shutil.disk_usage(folder)
        yield Room(usage.free, usage.total)


def takes_files() -> bool:
    """Whether each of the disks takes a small file now: a full disk and one that was mounted read-only do not."""
    try:
        for folder in folders():
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x" * 4096)
                file.flush()
    except OSError:
        return False
    return True


def is_full(problem: BaseException | None) -> bool:
    """Whether an error says that a disk is full: of the operating system, of SQLite or of PostgreSQL, or with that as its cause."""
    if problem is None:
        return False
    if isinstance(problem, OSError):
        return problem.errno in FULL
    cause = problem.__cause__
    if getattr(problem, "sqlite_errorname", "").startswith(FULL_IN_SQLITE):
        return True
    return getattr(problem, "sqlstate", "") == "53100" or is_full(cause)


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it that exists already."""
    while not folder.exists():
        folder = folder.parent
    return folder
