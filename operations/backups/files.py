"""Files of a set: copied in small pieces, readable by this account alone, on the disk when a function returns."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 20  # bytes held at a time, whatever the size of a file


def private_file(path: Path) -> Path:
    """Make an empty file that this account alone reads, for a program that will write into it. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    path.chmod(0o600)
    return path


def copy(source: Path, target: Path) -> tuple[int, str]:
    """Copy one file; returns its size and digest. A link is not followed. Raises OSError."""
    read = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(read, "rb") as origin, private_file(target).open("wb") as made:
        found, size = hashlib.sha256(), 0
        while piece := origin.read(PIECE):
            found.update(piece)
            size += made.write(piece)
        made.flush()
        os.fsync(made.fileno())
    return size, found.hexdigest()


def digest(path: Path) -> str:
    """The sha256 of a file, read in pieces. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(path: Path, content: str) -> None:
    """Write a small private file whole or not at all. Raises OSError."""
    draft = private_file(path.with_name(f".{path.name}.{os.getpid()}"))
    draft.write_text(content, encoding="utf-8")
    settle(draft)
    draft.replace(path)
    settle(path.parent)


def regular(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every plain file below a folder, by its path from there. Links and what is no file are passed over: a link could lead
    to the keyring."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            try:
                found = path.lstat()
            except FileNotFoundError:  # deleted meanwhile
                continue
            if stat.S_ISREG(found.st_mode):
                yield path.relative_to(folder).as_posix(), found


def size_below(folder: Path) -> int:
    """The bytes of all plain files below a folder."""
    return sum(found.st_size for _name, found in regular(folder))
