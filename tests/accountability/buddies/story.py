"""What stories of buddies have in common: a pair, a text to agree on, stopped contact, and the worker's turn."""

from datetime import date, time, timedelta

from django.utils import timezone

from accountability.buddies.actions import Terms, form_pair, set_openness
from accountability.buddies.choices import CameAbout
from care.models import Stop
from care.tokens import token_of
from core import doors
from core.crypto.fields import Sealed
from core.tasks import work_off

FIRST_ON = date(2031, 3, 4)  # a Tuesday
WHAT_IS_TYPED = {
    "why": "We want to say what we see.",
    "rhythm": "weekly",
    "at": "17:30",
    "time_zone": "America/Chicago",
    "channel": "On a walk.",
    "boundaries": "No names of children.",
    "feedback": "One thing at a time.",
    "quiet": "Call once, then wait.",
}


def pair_up(cast, *names):
    """A pair, or three, of these people."""
    return form_pair(members=[cast[name] for name in names], came_about=CameAbout.ASKED)


def open_up(cast, *names):
    """These are open to being asked."""
    for name in names:
        set_openness(is_open=True, by=cast[name])


def terms(**changes):
    """A text to agree on."""
    said = {"rhythm": "weekly", "at": time(17, 30), "time_zone": "America/Chicago"}
    return Terms(**{**said, "first_on": FIRST_ON, "why": "We want to say what we see.", **changes})


def typed(seen="", **changes):
    """The form of an agreement as it is sent, with a first day next week."""
    first_on = (timezone.localdate() + timedelta(days=7)).isoformat()
    return {**WHAT_IS_TYPED, "first_on": first_on, "seen": str(seen or ""), **changes}


def stop(by, other):
    """The row that says that contact is stopped, as care writes it, without what follows from it."""
    row = Stop(by=by, token=token_of(by.pk, other.pk))
    row.other = str(other.pk)
    row.save()


def worker(door=""):
    """The worker does what is due: its tasks, or its regular work of this name."""
    if door:
        doors.ask(door, now=timezone.now())
    else:
        work_off()


def spoil(row, name):
    """Damage the sealed value of a row where it is stored."""
    sealed = bytearray(type(row).objects.get(pk=row.pk).__dict__[name].value)
    sealed[-1] ^= 1
    type(row).objects.filter(pk=row.pk).update(**{name: Sealed(bytes(sealed))})
