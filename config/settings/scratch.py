"""Folders for as long as a process lives. What a killed process left is found by its lock, which died with it.

Standard library only: the throw-away PostgreSQL lives in such a folder, and so do the files of a test run.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "owner.lock"


def own_folder(parent: Path, prefix: str) -> Path:
    """A new folder that counts as in use until this process ends, however it ends."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    draft = folder / f"{OWNER}.draft"
    held = os.open(
        draft, os.O_CREAT | os.O_RDWR, 0o600
    )  # closed by nothing but the end of this process
    fcntl.flock(held, fcntl.LOCK_EX)
    draft.rename(folder / OWNER)  # so that nobody ever sees the file without its lock
    return folder


@contextmanager
def _unless_held(folder: Path) -> Iterator[bool]:
    try:
        file = (folder / OWNER).open()
    except OSError:
        yield False  # not one of these, or another person's
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def left_behind(parent: Path, prefix: str) -> Iterator[Path]:
    """The folders whose process is gone, each held while the caller clears it away."""
    for folder in sorted(parent.glob(f"{prefix}*")):
        with _unless_held(folder) as free:
            if free:
                yield folder
