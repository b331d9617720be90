"""When a note goes out: in the morning, so that neither the day’s moment nor the order tells when it was written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from caucuses.bringback.choices import GOES_OUT_AT
from caucuses.choices import WAIT_DAYS
from caucuses.models import Agreement, Caucus
from caucuses.terms import Terms
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen

A_DAY = timedelta(days=1)


def morning_after(moment: datetime) -> datetime:
    """The first time at which notes go out, from this moment on."""
    there = moment.astimezone(UTC)
    morning = there.replace(hour=GOES_OUT_AT, minute=0, second=0, microsecond=0)
    return morning if morning >= there else morning + A_DAY


def due_from(moment: datetime, caucus: Caucus) -> datetime:
    """When a note that is changed at this moment goes out, by the agreement in force."""
    return morning_after(moment + timedelta(days=wait_days(caucus)))


def wait_days(caucus: Caucus) -> int:
    """How many days a note stays inside after its last change; the longest that can be agreed on where the terms do not open."""
    agreement = Agreement.objects.filter(caucus=caucus, number=caucus.agreement).first()
    try:
        return Terms.from_json(str(agreement.terms)).wait_days if agreement else WAIT_DAYS[2]
    except (CannotOpen, ValueError, KeyError):
        could_not_open(agreement)
        return WAIT_DAYS[2]
