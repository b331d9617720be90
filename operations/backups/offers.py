"""What backups and the night’s work offer at the doors: the night itself, and the sign of the last backup."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import doors
from core.signs import Sign
from core.tasks import enqueue_once
from operations import here, nightly
from operations.backups import keeping, places, state
from operations.backups.refusing import Refused

SECONDS_APART = 3600  # between two tries of a backup


def hourly(*, now: datetime, **_given: Any) -> None:
    """The night's work when it is due; else a backup that could not be made is tried again. What is too old goes."""
    if not nightly.enqueue_if_due(now) and state.read().get("try_again"):
        enqueue_once(nightly.backup_again, int(now.timestamp()) // SECONDS_APART)
    if places.home().is_dir():
        with contextlib.suppress(Refused), places.alone(places.home()):
            keeping.prune(now=now)
    if state.is_overdue(now):
        doors.ask("alarm", what="backup")


def signs(*, now: datetime) -> Iterator[Sign]:
    """When the last good backup was made."""
    last = state.last_good()
    overdue, damaged = state.is_overdue(now), state.is_damaged()
    if last is None:
        said = _("There is none yet. The first one is made in the night after the first day.")
    else:
        said = date_format(localtime(last), "DATETIME_FORMAT")
    yield Sign(
        name="backup",
        title=gettext_lazy("Last backup"),
        said=said,
        is_well=not overdue and not damaged,
        advice=gettext_lazy(
            "The log of the worker says why none was made, or what is wrong with the last one. Free some space if the disk is full, and run “manage.py backup” by hand."
        ),
    )


def register() -> None:
    """Make the offers."""
    doors.offer("hourly", hourly, order=300)  # after what somebody waits for
    doors.offer("every_round", here.every_round, order=300)
    doors.offer("sign", signs, order=40)
