"""The last starts of this installation, as `scripts/serve.py` writes them down in `var/run/starts.jsonl`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Start:
    """One start: when, of which version and stamp, with which settings."""

    at: datetime
    version: str
    build: str
    kind: str


def last_starts(most: int = 5) -> list[Start]:
    """The last starts, the newest first. A line that cannot be read, as after a full disk, is left out."""
    try:
        lines = (Path(settings.VAR) / "run" / "starts.jsonl").read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    found = [start for line in lines if (start := _read(line)) is not None]
    return found[::-1][:most]


def _read(line: str) -> Start | None:
    try:
        row = json.loads(line)
        at = datetime.fromisoformat(row["at"])
        return Start(at, str(row["version"]), str(row["build"]), str(row["kind"]))
    except (ValueError, TypeError, KeyError):
        return None
