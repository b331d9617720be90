"""Regular work: what apps offer at the doors `every_minute` and `hourly`. The night's work is one of these (operations/nightly.py)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.utils import InterfaceError, OperationalError

from core import doors, register
from notices.models import Chore

log = logging.getLogger("lodestar.worker")


def do_due_chores(now: datetime, *, is_doubtful: bool = False) -> list[str]:
    """Do the regular work that is due, by one worker alone; returns the names of what was done.

    The next time is set before the work, so that work which kills its worker is not repeated without end. While the clock is
    doubtful (`core.steady`), whatever deletes by age waits, and the operators are told.
    """
    if is_doubtful:
        doors.ask("alarm", what="clock")
    due = {name: chore for name, chore in CHORES.items() if not (is_doubtful and name in BY_AGE)}
    return [name for name, (every, work) in due.items() if _do(name, every, work, now)]


def run_offers(door: str, now: datetime) -> None:
    """Ask every offer at this door. One that fails is logged and the others go on."""
    for offer in doors.offers(door):
        _guarded(f"{offer.__module__}.{offer.__qualname__}", partial(offer, now=now))


def pruning() -> dict[str, Callable[[], int]]:
    """The jobs of all holdings that delete what was kept long enough, by name. `/privacy/retention/` shows the same rows."""
    return {
        f"{holding.name}.{retention.prune.__name__}": retention.prune
        for holding in register.holdings()
        for retention in holding.retention
        if retention.prune is not None
    }


def prune_all(now: datetime | None = None) -> dict[str, int]:
    """Do them all; returns how many rows each removed. One that fails is logged and is not among them."""
    rows = {name: _guarded(name, work) for name, work in pruning().items()}
    return {name: number for name, number in rows.items() if number is not None}


def _do(name: str, every: timedelta, work: Callable[[datetime], object], now: datetime) -> bool:
    chore, _new = Chore.objects.get_or_create(name=name, defaults={"next_at": now})
    mine = Chore.objects.due(now, every=every).filter(pk=chore.pk).update(next_at=now + every)
    if mine:
        work(now)
    return bool(mine)


def _guarded(name: str, work: Callable[[], int | None]) -> int | None:
    try:
        return work()
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits for it and goes on
    except Exception as problem:  # regular work of one app, a row it cannot write too, must not stop that of another (threats H8)
        log.error(
            "Regular work failed and will be tried again: %s: %s", name, type(problem).__name__
        )
        return None


#: What is gone afterwards: who left is erased, what was kept long enough is deleted.
BY_AGE = frozenset({"hourly"})
CHORES: dict[str, tuple[timedelta, Callable[[datetime], object]]] = {
    "every_minute": (timedelta(minutes=1), partial(run_offers, "every_minute")),
    "hourly": (timedelta(hours=1), partial(run_offers, "hourly")),
}
