"""What a set says of itself: which code and which tables it was made by, and of each file its size and digest. No person.

A digest finds a file that was damaged, cut off or exchanged. Whoever can write into the folder of backups could write another
manifest, too: keep the folder as you keep the databases.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from operations.backups import files
from operations.backups.places import MANIFEST
from operations.backups.refusing import Refused

FORMAT = 1
#: The list of uploads: a line of JSON for each, so that thousands of them need no memory.
UPLOADS, MEDIA = "media.jsonl", "media"
Line = dict[str, Any]


@dataclass(frozen=True)
class Manifest:
    """The content of `manifest.json`."""

    format: int
    engine: str
    begun_at: str
    made_at: str
    version: str
    migrations: dict[str, list[str]]
    files: dict[str, dict[str, Any]]
    uploads: int
    bytes: int
    #: What starts had loaded into these databases (the curriculum, the invented people), so that none need load it again.
    loaded: dict[str, str] = field(default_factory=dict)

    @property
    def begun(self) -> datetime:
        """The moment at which the databases stood as they are in the set."""
        return datetime.fromisoformat(self.begun_at)


def write(folder: Path, manifest: Manifest) -> None:
    """Write it, the last file of a set. Raises OSError."""
    files.write(folder / MANIFEST, json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n")


def read(folder: Path) -> Manifest:
    """The manifest of a set. Raises Refused where there is none or it cannot be used."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if (
            isinstance(found, dict)
            and isinstance(found.get("format"), int)
            and found["format"] > FORMAT
        ):
            raise Refused(
                "This backup was made by a newer version of Lodestar, in a form that this one does not know. Nothing was "
                "changed. Use that version."
            )  # fmt: skip
        manifest = Manifest(**found)
        manifest.begun.isoformat()
    except FileNotFoundError:
        raise Refused(
            f"{folder} is no whole backup: it has no {MANIFEST}, which is written last. Nothing was changed. Name the "
            "folder of a backup, such as var/backups/20261130T030000Z."
        ) from None
    except (OSError, ValueError, TypeError):
        raise Refused(
            f"{folder / MANIFEST} cannot be read. Nothing was changed. Use another backup."
        ) from None
    return manifest


def verify(folder: Path, manifest: Manifest, *, needed: Collection[str] = ()) -> None:
    """Read every file of the set and compare. Raises Refused with the first that is missing or differs.

    `needed` are files without which it is no set at all, whatever its manifest says.
    """
    for name in (*needed, UPLOADS):
        if name not in manifest.files:
            raise Refused(_differs(name))
    for name, said in manifest.files.items():
        _compare(folder, name, said)
    for line in uploads(folder):
        _compare(folder, f"{MEDIA}/{line['path']}", line)


def uploads(folder: Path) -> Iterator[Line]:
    """The uploads of a set, one by one. Raises Refused where the list cannot be read, or leads out of the set."""
    try:
        with (folder / UPLOADS).open(encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                if not _is_inside(str(line["path"])):
                    raise Refused(_differs(UPLOADS))
                yield line
    except (OSError, ValueError, KeyError, TypeError):
        raise Refused(_differs(UPLOADS)) from None


def _compare(folder: Path, name: str, said: dict[str, Any]) -> None:
    path = folder / name
    try:
        same = (
            _is_inside(name)
            and not path.is_symlink()
            and path.stat().st_size == said["bytes"]
            and files.digest(path) == said["sha256"]
        )
    except (OSError, KeyError):
        same = False
    if not same:
        raise Refused(_differs(name))


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _differs(name: str) -> str:
    return (
        f"The file {name} of this backup is missing, damaged or not the one that was written. Nothing was changed. Use "
        "another backup, or another copy of this one."
    )
