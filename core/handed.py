"""Files that one process makes and another hands out a little later, perhaps on another machine: a PDF, somebody's own copy.

On one machine they lie in a folder of its own. Where uploads lie in a bucket, several machines may serve the site, so these lie
there too, below a place that no view gives out; the site's own rules hand them out, as from the folder.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import FileSystemStorage, storages

from core.storage import storage_troubles

log = logging.getLogger("lodestar.storage")

#: Below this in the bucket; uploads lie in `images/`, `original_images/` and `documents/`.
PRIVATE = "private"
SAID = "said"


class InBucket:
    """One of these files in the bucket, with what is asked of a path."""

    def __init__(self, folder: str, name: str) -> None:
        self.name = name
        self._key = f"{PRIVATE}/{folder}/{name}"

    def is_file(self) -> bool:
        """Whether it is there."""
        return bool(_storage().exists(self._key))

    def open(self, mode: str = "rb") -> Any:
        """Open it to read. Raises FileNotFoundError."""
        return _storage().open(self._key, mode)

    def read_bytes(self) -> bytes:
        """All of it. Raises FileNotFoundError."""
        with self.open() as file:
            return bytes(file.read())

    def unlink(self, missing_ok: bool = False) -> None:
        """Delete it with every version that the bucket keeps, whether or not it is there."""
        _storage().bucket.object_versions.filter(Prefix=self._key).delete()

    def take(self, file: BinaryIO) -> None:
        """Put this in its place, whatever is there."""
        _storage().bucket.Object(self._key).upload_fileobj(file)


Handed = Path | InBucket


def handed(folder: Path, name: str) -> Handed:
    """Where the file of this name lies, or will."""
    return folder / name if is_one_machine() else InBucket(folder.name, name)


def hand_over(draft: Path, target: Handed) -> None:
    """Put a finished draft in its place. Raises OSError, and what the storage raises."""
    if isinstance(target, Path):
        draft.replace(target)
        return
    with draft.open("rb") as file:
        target.take(file)
    draft.unlink()


def all_handed(folder: Path, *endings: str) -> Iterator[Handed]:
    """Those that lie there, and drafts of this machine, whose names end so."""
    for path in folder.glob("*"):
        if path.name.endswith(endings):
            yield path
    if not is_one_machine():
        _folders, names = _storage().listdir(f"{PRIVATE}/{folder.name}")
        yield from (InBucket(folder.name, name) for name in names if name.endswith(endings))


def tell_all(folder: str, name: str, content: bytes) -> None:
    """Let every machine know this for good, under a name that says it; where there is one machine, there is nobody to tell."""
    if not is_one_machine() and not InBucket(folder, name).is_file():
        InBucket(folder, name).take(BytesIO(content))


def told_to_all(folder: str) -> list[str]:
    """The names of what was told so."""
    return [] if is_one_machine() else sorted(_storage().listdir(f"{PRIVATE}/{folder}")[1])


def say_to_all(name: str, said: str) -> None:
    """Say something small to every machine, in place of what was said under this name before; unsaid while the storage is away."""
    if is_one_machine():
        return
    try:
        InBucket(SAID, name).take(BytesIO(said.encode()))
    except storage_troubles() as problem:
        log.warning("Other machines could not be told (%s): %s.", name, type(problem).__name__)


def said_to_all(name: str) -> str:
    """What was said last; nothing where there is one machine, where nobody said anything, and while the storage is away."""
    if is_one_machine():
        return ""
    try:
        return InBucket(SAID, name).read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return ""
    except storage_troubles():
        return ""


def is_one_machine() -> bool:
    """Whether everything that is kept as a file lies in folders of this machine."""
    return isinstance(_storage(), FileSystemStorage)


def _storage() -> Any:
    return storages["default"]
