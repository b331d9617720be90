"""Where sets lie, which of them are whole, and who is at work on them."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from operations.backups.refusing import Refused

MANIFEST = "manifest.json"
#: What is being made, and files that a restore moved out of the way.
MAKING, ASIDE = ".making-", "replaced-"
_NAME = re.compile(r"(\d{8}T\d{6}Z)(?:-\d+)?")
_SHAPE = "%Y%m%dT%H%M%SZ"


def home() -> Path:
    """The folder of backups of this installation."""
    return Path(settings.BACKUPS)


def name_of(moment: datetime) -> str:
    """The name of a set that was begun then, which sorts by time."""
    return moment.astimezone(UTC).strftime(_SHAPE)


def moment_of(name: str) -> datetime | None:
    """When the set (or what was moved aside) of this name was begun; None for any other name."""
    found = _NAME.fullmatch(name.removeprefix(ASIDE))
    try:
        return datetime.strptime(found[1], _SHAPE).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def whole_sets(folder: Path) -> list[Path]:
    """The sets of this folder that have their manifest, the oldest first."""
    return [path for path in _named(folder) if (path / MANIFEST).is_file()]


def everything(folder: Path) -> list[tuple[datetime, Path]]:
    """All that this folder holds of ours and when it was begun: sets, whole or not, and what was moved aside."""
    found = [(moment_of(path.name), path) for path in _named(folder)]
    return [(at, path) for at, path in found if at is not None]


def _named(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if moment_of(path.name) and path.is_dir())


def make_private(folder: Path) -> None:
    """Make a folder that this account alone reads. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def refuse_another_account() -> None:
    """Raise Refused for an account that the folder of this installation does not belong to: the site could not use what it writes."""
    folder = Path(settings.VAR)
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        raise Refused(
            f"{folder} belongs to another account than the one that types this, and the site could not use what you write. Nothing "
            "was changed. Type it as the account of the service: sudo -u lodestar …"
        )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder of backups; what a killed run left there is cleared away. Raises Refused or OSError.

    The lock goes with its process, however that ends.
    """
    make_private(folder)
    with (folder / ".lock").open("a") as file:
        os.chmod(file.name, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "Another backup is being made or restored there at this moment. Nothing was changed. Wait until it has "
                "ended, and try again."
            ) from None
        for left in folder.glob(f"{MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
