"""Whose keys were destroyed, in a file beside the keyring that only grows: a restored backup is told again (threats C8).

A line is JSON: `{"kind": "member", "ref": "<uuid>", "at": "2026-11-29T12:00:00+00:00"}`. It names no person.
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

#: How long a backup of the database of keys may live, so that a key that was destroyed is gone from there, too. It is for who
#: makes the backups to keep (docs/operations.md); pages that promise it read it here.
BACKUPS_KEPT_FOR = timedelta(days=7)


def note(kind: str, ref: UUID) -> None:
    """Write the destruction of one owner's keys down, on the disk before this returns. Raises OSError when it cannot."""
    line = json.dumps({"kind": kind, "ref": str(ref), "at": timezone.now().isoformat()}) + "\n"
    path = Path(settings.ERASURES_FILE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())  # one write: lines of two processes never mix
        os.fsync(handle)
    finally:
        os.close(handle)
    keyring.settle(path.parent)


def noted() -> Iterator[tuple[str, UUID]]:
    """The owners whose keys were destroyed, the oldest first. A line that a full disk cut off is passed over."""
    path = Path(settings.ERASURES_FILE)
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                found = json.loads(line)
                yield str(found["kind"]), UUID(found["ref"])
            except (ValueError, KeyError, TypeError):
                continue
