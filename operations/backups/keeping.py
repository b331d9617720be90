"""How long a set lives: seven days at most, with everything in it.

One rule for all of it, because it is short enough to be kept: a set without its keys would still tell who was here, and no
part of it could be promised to be gone. What a restore moved aside goes by the same rule.

By a clock that leapt ahead every set would be too old at once. So nothing goes while it is in doubt (`core.steady`), whoever asks:
the worker's rounds, a start, a backup that was made.
"""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from core.crypto.erasures import BACKUPS_KEPT_FOR
from core.steady import clock_here
from operations.backups import places

#: The worker looks every hour, so a set goes that much earlier than it must.
KEPT_FOR = BACKUPS_KEPT_FOR - timedelta(hours=2)
#: A set from the future was dated by a clock that was wrong. Nobody knows its age, so the next one takes its place.
AHEAD = timedelta(hours=1)


def prune(folder: Path | None = None, now: datetime | None = None) -> int:
    """Delete what is too old, under the folder's lock of the caller; returns how many sets (or what was moved aside) went.

    None goes while the clock of this machine is in doubt.
    """
    if clock_here().has_leapt_ahead():
        return 0
    now = now or timezone.now()
    found = places.everything(folder or places.home())
    has_another = any(now - KEPT_FOR < at <= now + AHEAD for at, _path in found)
    gone = [
        path for at, path in found if at <= now - KEPT_FOR or (at > now + AHEAD and has_another)
    ]
    for path in gone:
        (path / places.MANIFEST).unlink(missing_ok=True)  # first: half a set must not pass for one
        shutil.rmtree(path, ignore_errors=True)
    return len([path for path in gone if not path.exists()])
