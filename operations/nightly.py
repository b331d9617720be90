"""The night's work: what is due is published and counted, what was kept long enough goes, a backup is made, and a look is taken.

Each step goes its own way: one that fails is logged and told to the operators, and the others are done. Digests are mails of the
outbox with a time of their own and need no night. At the hourly door it is put in as a task (`enqueue_if_due`), so that it takes
place once after each 03:00, also when the machine slept through that hour, and holds up no mail.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as clock_time
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.utils import timezone

from core import doors
from core.clock import moment, today_here
from core.steady import clock_here
from core.tasks import enqueue_once, worker_task
from notices.chores import prune_all, pruning
from notices.models import Chore
from operations import checks, traces
from operations.backups import making, state
from operations.backups.refusing import Refused

log = logging.getLogger("lodestar.worker")

AT = clock_time(3, 0)  # by TIME_ZONE
#: While one worker is at it no other begins; of one that died over it the next one takes it up.
LEASE = timedelta(hours=2)
#: The longest time from one 03:00 to the next, where clocks are set back.
NIGHTS_APART = timedelta(hours=25)
NAME = "nightly"
Say = Callable[[str], None]
Done = TypeVar("Done")


@dataclass
class Night:
    """What was done: how many of what; the steps that failed, and the sentences of those that were refused."""

    counts: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def run(*, only: str = "", say: Say = making.quiet, now: datetime | None = None) -> Night:
    """Do all steps, or the one of this name (`STEPS`)."""
    done, now = Night(), now or timezone.now()
    for name, step in STEPS.items():
        if not only or name == only:
            step(done, say, now)
    return done


def begin_if_due(now: datetime, *, only: str = "") -> Night | None:
    """Do the night's work if a 03:00 has passed since the last time, by one worker alone; None when it is not due."""
    chore = _chore(now)
    due = Chore.objects.due(now, every=NIGHTS_APART).filter(pk=chore.pk)
    if not due.update(next_at=now + LEASE):
        return None
    begun = time.monotonic()
    done = run(only=only, now=now)
    ended = now + timedelta(seconds=time.monotonic() - begun)
    Chore.objects.filter(pk=chore.pk).update(next_at=next_after(ended))
    return done


def enqueue_if_due(now: datetime) -> bool:
    """Have the night's work done if a 03:00 has passed since the last time; says whether one has."""
    chore = _chore(now)
    if not Chore.objects.due(now, every=NIGHTS_APART).filter(pk=chore.pk).exists():
        return False
    enqueue_once(night, int(chore.next_at.timestamp()))
    return True


@worker_task()
def night(_since: int) -> None:
    """The night that was due at this second of the clock. Whoever finds it done, or another at it, does nothing."""
    begin_if_due(timezone.now())


@worker_task()
def backup_again(_hour: int) -> None:
    """A backup that could not be made in the night. One that is refused again waits for the next hour."""
    if not state.read().get("try_again"):
        return
    try:
        back_up()
    except Refused as problem:
        log.error("A backup was tried again and refused: %s", problem)


def next_after(now: datetime) -> datetime:
    """The next 03:00, in UTC; where clocks skip it, an hour later by them."""
    day = today_here(now)
    tonight = moment(day, AT, settings.TIME_ZONE)
    return tonight if tonight > now else moment(day + timedelta(days=1), AT, settings.TIME_ZONE)


def back_up(say: Say = making.quiet) -> str:
    """Make a backup; an alarm, and a note that it is tried again within the hour, where that is refused.

    Returns the name of its folder. Raises Refused.
    """
    try:
        return making.make(say=say).name
    except Exception:
        doors.ask("alarm", what="backup")
        with suppress(OSError):  # a full disk may be why, and takes no note either
            state.note(try_again=True)
        raise


def _chore(now: datetime) -> Chore:
    chore, _new = Chore.objects.get_or_create(name=NAME, defaults={"next_at": next_after(now)})
    return chore


def _offers(night: Night, say: Say, now: datetime) -> None:
    for offer in doors.offers("nightly"):
        name = offer.__module__.split(".")[0]
        for what, number in (_guarded(night, name, partial(offer, now=now)) or {}).items():
            night.counts[what] = number
            say(f"{what}: {number}")


def _retention(night: Night, say: Say, now: datetime) -> None:
    """What was kept long enough goes. By a clock that is in doubt nothing was; the next night does it."""
    if clock_here().has_leapt_ahead():
        say("The clock leapt ahead, or the machine was off for days: nothing is deleted because of its age until tomorrow.")  # fmt: skip
        return
    removed = _guarded(night, "retention", partial(prune_all, now))
    if removed is None:
        return
    for name in pruning():
        if name in removed:
            night.counts[name] = removed[name]
            say(f"{name}: {removed[name]}")
        else:
            night.failed.append(name)


def _traces(night: Night, _say: Say, _now: datetime) -> None:
    _guarded(night, "traces", traces.remove)


def _backup(night: Night, say: Say, _now: datetime) -> None:
    name = _guarded(night, "backup", partial(back_up, say))
    if name is not None:
        night.counts["backup"] = 1
        say(f"backup: {name}")


def _checks(night: Night, say: Say, now: datetime) -> None:
    for name in _guarded(night, "checks", partial(checks.look, now)) or ():
        say(f"not well: {name}")
        night.failed.append(name)
        doors.ask("alarm", what=checks.ALARMS[name])


#: In their order. A backup holds nothing that the night has taken away before it.
STEPS: dict[str, Callable[[Night, Say, datetime], None]] = {
    "due": _offers,
    "retention": _retention,
    "traces": _traces,
    "backup": _backup,
    "checks": _checks,
}


def _guarded(night: Night, name: str, work: Callable[[], Done]) -> Done | None:
    try:
        return work()
    except Refused as problem:
        night.why.append(str(problem))
        log.error("The night's work: %s was refused: %s", name, problem)
    except Exception as problem:  # one step must keep no other from being done, whatever it meets
        log.error("The night's work: %s failed: %s", name, type(problem).__name__)
    night.failed.append(name)
    return None
