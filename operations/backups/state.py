"""What is known of backups between two of them: `var/run/backups.json`, for the sign, the alarm and whoever looks."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from core.handed import said_to_all, say_to_all
from operations.backups import files, places

#: One a night, and two hours for a slow one or a clock that changes.
OVERDUE_AFTER = timedelta(hours=26)
#: A new installation has had no night yet.
YOUNG = timedelta(days=1)
#: Under which each machine says when it made a backup.
LAST = "last-backup"
#: Stamps of a start that are about what the databases hold.
LOADED = ("starter", "demo")
Note = dict[str, Any]


def read() -> Note:
    """What was noted; nothing where the file is missing or cannot be used."""
    try:
        found = json.loads(Path(settings.BACKUPS_NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def note(**changed: Any) -> None:
    """Note something beside what is noted already. Raises OSError."""
    path = Path(settings.BACKUPS_NOTE)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write(path, json.dumps({**read(), **changed}, indent=2) + "\n")


def loaded() -> dict[str, str]:
    """What starts have loaded into the databases, as they noted it; nothing where that cannot be read."""
    try:
        found = json.loads(_starts().read_text(encoding="utf-8"))
        return {name: str(found[name]) for name in LOADED if name in found}
    except (OSError, ValueError, TypeError):
        return {}


def note_loaded(stamps: dict[str, str]) -> None:
    """Have the next start look at everything anew, but for what a restored set holds already. Raises OSError."""
    _starts().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write(_starts(), json.dumps({**stamps, "restored": "yes"}))


def _starts() -> Path:
    return Path(settings.VAR) / "run" / "prepared.json"


def note_backup(at: datetime, folder: Path) -> None:
    """Note a set that is whole: when it was begun, and its folder's name. Raises OSError."""
    note(last_good={"at": at.isoformat(), "set": folder.name}, try_again=False, damaged="")
    say_to_all(LAST, at.isoformat())


def note_check(at: datetime, found: list[str]) -> None:
    """Note what the night's look at the installation found: names of what is not well, nothing when all is. Raises OSError."""
    note(last_check={"at": at.isoformat(), "not_well": found})


def last_good() -> datetime | None:
    """When the last whole set was begun, in the folder of backups or on another machine of this site; None where there is none."""
    found = filter(None, (_last_here(), _moment(said_to_all(LAST))))
    return max(found, default=None)


def _last_here() -> datetime | None:
    noted = _moment(read().get("last_good", {}).get("at"))
    found = next(reversed(places.whole_sets(places.home())), None)
    if found is None:
        return None
    there = places.moment_of(found.name)
    return noted if noted and there and noted > there else there


def is_overdue(now: datetime | None = None) -> bool:
    """Whether the last one is older than 26 hours, in an installation that is older than a day."""
    now = now or timezone.now()
    last, since = last_good(), standing_since()
    if last is not None:
        return now - last > OVERDUE_AFTER
    return since is not None and now - since > YOUNG + timedelta(hours=2)


def is_damaged() -> bool:
    """Whether the last set did not read as it was written when the night looked at it."""
    newest = next(reversed(places.whole_sets(places.home())), None)
    return newest is not None and read().get("damaged") == newest.name


def standing_since() -> datetime | None:
    """Since when this installation stands here: its first migration, or when a backup was restored into it."""
    restored = _moment(read().get("restored_at"))
    if restored is not None:
        return restored
    recorder = MigrationRecorder(connections["default"])
    if not recorder.has_table():
        return None
    first: datetime | None = recorder.migration_qs.order_by("applied").values_list("applied", flat=True).first()  # fmt: skip
    return first


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
