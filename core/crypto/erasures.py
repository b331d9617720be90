"""Whose keys were destroyed, in a file beside the keyring that only grows: a restored backup is told again (threats C8).

A line is JSON: `{"kind": "member", "ref": "<uuid>", "at": "2026-11-29T12:00:00+00:00"}`. It names no person. Where several machines
serve the site, each has its own such file, and what all of them noted lies in the bucket as well (`core.handed`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from config.settings import keyring
from core.handed import tell_all, told_to_all

FOLDER = "erasures"

#: How long a backup of the database of keys may live, so that a key that was destroyed is gone from there, too. It is for who
#: makes the backups to keep (docs/operations.md); pages that promise it read it here.
BACKUPS_KEPT_FOR = timedelta(days=7)


def note(kind: str, ref: UUID) -> None:
    """Write the destruction of one owner's keys down, on the disk before this returns. Raises OSError when it cannot.

    Where the disk is one of several, the other machines are told, too; raises what the storage raises.
    """
    line = json.dumps({"kind": kind, "ref": str(ref), "at": timezone.now().isoformat()}) + "\n"
    _append(line)
    tell_all(FOLDER, f"{kind}.{ref}", line.encode())


def noted(path: Path | None = None) -> Iterator[tuple[str, UUID]]:
    """The owners whose keys were destroyed, the oldest first: of this list, or of this site, wherever it was noted.

    A line that a full disk cut off is passed over.
    """
    for kind, ref, _line in _lines(path or Path(settings.ERASURES_FILE)):
        yield kind, ref
    if path is None:
        for name in told_to_all(FOLDER):
            kind, _dot, ref_ = name.partition(".")
            yield kind, UUID(ref_)


def copy_to(target: Path) -> None:
    """Write all that is noted into an empty list, as of one machine. Raises OSError, and what the storage raises."""
    own = Path(settings.ERASURES_FILE)
    target.write_bytes(own.read_bytes() if own.exists() else b"")
    known = set(noted(target))
    more = [{"kind": kind, "ref": str(ref)} for kind, ref in noted() if (kind, ref) not in known]
    if more:
        with target.open("a", encoding="utf-8") as lines:
            lines.write("".join("\n" + json.dumps(line) for line in more) + "\n")


def merge(other: Path) -> int:
    """Add what another list names and this one does not; returns how many. Nothing is ever taken out. Raises OSError."""
    known = set(noted())
    new = {(kind, ref): line for kind, ref, line in _lines(other) if (kind, ref) not in known}
    if new:
        _append("".join(new.values()))
        tell_others()
    return len(new)


def tell_others() -> None:
    """Tell the other machines what this one's own list names and they do not know, as from a time when it was alone.

    Does nothing where there is one machine. Raises what the storage raises.
    """
    known = set(told_to_all(FOLDER))
    for kind, ref, line in _lines(Path(settings.ERASURES_FILE)):
        if f"{kind}.{ref}" not in known:
            tell_all(FOLDER, f"{kind}.{ref}", line.encode())


def _append(lines: str) -> None:
    path = Path(settings.ERASURES_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        if (
            size and os.pread(handle, 1, size - 1) != b"\n"
        ):  # a full disk cut the line before this one off
            lines = "\n" + lines
        os.write(handle, lines.encode())  # one write: lines of two processes never mix
        os.fsync(handle)
    finally:
        os.close(handle)
    keyring.settle(path.parent)


def _lines(path: Path) -> Iterator[tuple[str, UUID, str]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                found = json.loads(line)
                yield str(found["kind"]), UUID(found["ref"]), line.rstrip("\n") + "\n"
            except (ValueError, KeyError, TypeError):
                continue
