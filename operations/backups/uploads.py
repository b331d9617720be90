"""Uploads in a set: what an earlier set holds already is linked from there, so that a night costs what is new."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from operations.backups import files
from operations.backups.manifest import MEDIA, UPLOADS, Line, uploads
from operations.backups.refusing import Refused


class Uploads:
    """Copies the folder of uploads into a set, in as many rounds as are wanted; each adds what came since."""

    def __init__(self, source: Path, made: Path, earlier: Path | None) -> None:
        self.source, self.made, self.earlier = source, made / MEDIA, earlier
        self.lines: dict[str, Line] = {}
        self._known: dict[str, Line] = {}
        if earlier is not None:
            with suppress(
                Refused
            ):  # one that cannot be read is linked to by nobody, and keeps no other from being made
                self._known = {line["path"]: line for line in uploads(earlier)}
        self.made.mkdir(mode=0o700)

    def gather(self) -> int:
        """Copy or link what is not in the set yet; returns how many files. Raises OSError."""
        before = len(self.lines)
        for path, found in files.regular(self.source):
            if path not in self.lines:
                line = self._take(path, found)
                if line is not None:
                    self.lines[path] = line
        return len(self.lines) - before

    def needs(self) -> int:
        """The bytes that a first round would copy."""
        return sum(found.st_size for path, found in files.regular(self.source) if not self._same(path, found))  # fmt: skip

    def write_list(self) -> int:
        """Write the list of all of them beside them; returns their bytes. Raises OSError."""
        lines = "".join(json.dumps(self.lines[path]) + "\n" for path in sorted(self.lines))
        files.write(self.made.parent / UPLOADS, lines)
        for parent, _folders, _names in os.walk(self.made):
            files.settle(Path(parent))
        return sum(line["bytes"] for line in self.lines.values())

    def _same(self, path: str, found: os.stat_result) -> Line | None:
        known = self._known.get(path)
        looks = (found.st_size, found.st_mtime_ns)
        return known if known and (known["bytes"], known["mtime_ns"]) == looks else None

    def _take(self, path: str, found: os.stat_result) -> Line | None:
        target = self.made / path
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = self._same(path, found)
        if (
            known is not None
            and self.earlier is not None
            and _linked(self.earlier / MEDIA / path, target)
        ):
            return known  # fmt: skip
        try:
            size, digest = files.copy(self.source / path, target)
        except FileNotFoundError:  # deleted since it was listed
            target.unlink(missing_ok=True)
            return None
        return {"path": path, "bytes": size, "mtime_ns": found.st_mtime_ns, "sha256": digest}


def put(folder: Path, target: Path) -> int:
    """Copy the uploads of a set into an empty folder, with the times that they had; returns how many. Raises OSError."""
    count = 0
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for line in uploads(folder):
        there = target / line["path"]
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.copy(folder / MEDIA / line["path"], there)
        os.utime(there, ns=(line["mtime_ns"], line["mtime_ns"]))
        count += 1
    return count


def _linked(known: Path, target: Path) -> bool:
    """Whether the earlier set's file could be linked; one that is damaged by now in its size is copied anew."""
    try:
        if known.stat().st_size == 0:
            return False
        os.link(known, target)
    except OSError:  # another disk, or a file system without links
        return False
    return True
