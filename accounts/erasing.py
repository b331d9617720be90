"""Erasing who has left, step by step through the register (adr/0014).

Each step is a transaction of its own and may be run again. Whatever interrupts it, the next round walks all steps once more,
from the first: what is gone already costs a question, and what came in between goes as well.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F
from django.db.utils import InterfaceError, OperationalError

from accounts.leaving import hide
from accounts.models import Departure, User
from core import audit, doors
from core.crypto import owners
from core.models import OwnerKind
from core.register import Holding, holdings

log = logging.getLogger("lodestar.worker")

#: The keys first: whatever happens after it, nothing that was sealed is read again. Then what could still go out by mail.
FIRST = ("core", "notices")
#: What all others need to find what is theirs: addresses, and the member's own row.
LAST = ("accounts",)

#: After so many rounds that failed the operators are told, once.
TOLD_AFTER = 3

Step = tuple[str, Callable[[], None]]


def erase_departed(*, now: datetime) -> int:
    """Erase those whose seven days are over, and go on where that was interrupted; returns how many are gone."""
    note_brought_back(now)
    return sum(_guarded(departure, now) for departure in Departure.objects.due(now))


def _guarded(departure: Departure, now: datetime) -> bool:
    """One that cannot be finished keeps nobody else waiting."""
    try:
        return erase(departure, now)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits for it, and begins anew
    except Exception as problem:
        log.error("Somebody who left could not be erased: %s", type(problem).__name__)
        return False


def note_brought_back(now: datetime) -> int:
    """Whose key was destroyed and who is here all the same, as after an older backup was restored, is erased again."""
    gone = owners.destroyed_of(OwnerKind.MEMBER)
    back = User.objects.filter(pk__in=gone) if gone else User.objects.none()
    known = set(
        Departure.objects.filter(begun_at__isnull=False).values_list("member_ref", flat=True)
    )
    new = [member for member in back if member.pk not in known]
    for member in new:
        Departure.objects.update_or_create(
            member_ref=member.pk,
            defaults={"asked_at": now, "erase_after": now, "begun_at": now, "chosen_name": "", "pronouns": ""},
        )  # fmt: skip
    return len(new)


def erase(departure: Departure, now: datetime) -> bool:
    """Walk all steps; True when everything is gone. A step that fails keeps the account until the next round, not the other steps."""
    member = _begin(departure, now)
    if member is None:
        return False
    failed = [name for name, step in steps_of(member) if not _done(departure, name, step)]
    if failed:
        if Departure.objects.filter(pk=departure.pk, tries=TOLD_AFTER).exists():
            doors.ask("alarm", what="unerased")
        return False
    _forget(departure, member)
    return True


def steps_of(member: User) -> Iterator[Step]:
    """All steps in their order, each with its name."""
    for holding in in_order():
        for number, step in enumerate(_steps(holding, member), start=1):
            yield f"{holding.name} {number}", step


def _steps(holding: Holding, member: User) -> list[Callable[[], None]]:
    """The steps of one holding; where it cannot even say them, one that fails as that did."""
    try:
        return list(holding.erase(member))
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        return [partial(_fail, problem)]


def _fail(problem: Exception) -> None:
    raise problem


def in_order() -> list[Holding]:
    """The holdings in the order in which they are erased."""
    places = {name: place for place, name in enumerate(FIRST)}
    places |= {name: len(FIRST) + 1 for name in LAST}
    return sorted(holdings(), key=lambda one: (places.get(one.name, len(FIRST)), one.name))


@transaction.atomic
def _begin(departure: Departure, now: datetime) -> User | None:
    """From here on nothing brings anything back. None when somebody came back a moment ago."""
    row = Departure.objects.select_for_update().due(now).filter(pk=departure.pk).first()
    if row is None:
        return None
    member = User.objects.filter(pk=row.member_ref).first()
    if member is None:  # somebody took the row away by hand; nothing of it is left to go by
        row.delete()
        return None
    if member.is_active or member.chosen_name or member.pronouns:
        hide(member)
    row.begun_at = row.begun_at or now
    row.chosen_name, row.pronouns = "", ""
    row.save(update_fields=["begun_at", "chosen_name", "pronouns"])
    Departure.objects.filter(pk=row.pk).update(tries=F("tries") + 1, step="")
    return member


def _done(departure: Departure, name: str, step: Callable[[], None]) -> bool:
    try:
        step()
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits for it, and begins anew
    except Exception as problem:
        log.error("A step of erasing failed and will be tried again: %s: %s", name, type(problem).__name__)  # fmt: skip
        return False
    Departure.objects.filter(pk=departure.pk).update(step=name)
    return True


@transaction.atomic
def _forget(departure: Departure, member: User) -> None:
    """The row of the member, whatever still hangs on it, and that they left: the last step, in one."""
    audit.record("member.erased", by=None, subject=member)
    member.delete()
    Departure.objects.filter(pk=departure.pk).delete()
