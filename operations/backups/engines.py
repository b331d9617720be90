"""What a kind of database must be able to do for a backup; `engine()` is the one of this installation.

Both databases are held at one moment, the main one first. A key is made before the first row that needs it, so every row of the
main copy finds its key in the copy of keys that was held after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from django.db import connections

from operations.backups.postgres import Postgres
from operations.backups.sqlite import Sqlite

#: The order in which they are held. It is the promise above: never turn it round.
ALIASES = ("default", "keys")
NAMES = {"default": "main", "keys": "keys"}


class Held(Protocol):
    """One database, seen as it was at one moment for as long as this is held, while others go on writing."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database answered at that moment."""

    def copy(self, target: Path) -> None:
        """Write it into one file, and make sure that the file is whole. Raises Refused or OSError."""


class Engine(Protocol):
    """A kind of database."""

    suffix: str

    def hold(self, alias: str) -> AbstractContextManager[Held]:
        """Look at the database as it is now. Raises Refused."""

    def size(self, alias: str) -> int:
        """About how many bytes its copy takes."""

    def stands(self, alias: str) -> bool:
        """Whether there is a database that may hold something, readable or not."""

    def put_aside(self, folder: Path) -> None:
        """Take what stands there out of the way, kept for a while. Raises Refused or OSError."""

    def apart(self) -> AbstractContextManager[Callable[[], None]]:
        """Keep every other machine away from the main database. Raises Refused while one is at work with it.

        What it gives is called before the first change: from then on no machine begins with what stands there.
        """

    def note_whole(self) -> None:
        """It may be worked with again."""

    def is_half(self, *, noted: bool) -> bool:
        """Whether a restore into it was begun and has not ended. `noted`: whether this machine has a note of one. Raises Refused."""

    def put(self, copies: Mapping[str, Path]) -> None:
        """Make each database what its copy holds: all of it or nothing, one after the other. Raises Refused or OSError."""


def engine() -> Engine:
    """The one of this installation."""
    return Postgres() if connections["default"].vendor == "postgresql" else Sqlite()


def file_of(alias: str) -> str:
    """The name of a database's copy in a set."""
    return f"{NAMES[alias]}.{engine().suffix}"
