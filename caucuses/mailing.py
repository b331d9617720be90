"""How often a room may have invitations sent by mail: to anybody at all, in the initiative's name, and to make an account.

Counted is what was sent, whatever became of it: were only open ones counted, that one more is let through would tell a
facilitator that somebody had come in or left.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.utils import timezone

from caucuses.actions.refusing import Refused
from caucuses.choices import INVITED_FOR, WhyNot
from caucuses.models import Caucus, Seat
from caucuses.reading import opened

A_DAY = timedelta(days=1)
MOST_OF_A_SEAT, MOST_OF_A_ROOM = 3, 5
Sent = tuple[datetime, str]


def count_mail(seat: Seat) -> None:
    """Count one more mail of this seat. Raises Refused when it is too many. Called with the caucus held."""
    now, caucus = timezone.now(), seat.caucus
    sent = [one for one in _sent(caucus) if one[0] > now - INVITED_FOR]
    if len(sent) >= MOST_OF_A_ROOM:
        raise Refused(WhyNot.ROOM_MAILED)
    if sum(by == seat.pk.hex and at > now - A_DAY for at, by in sent) >= MOST_OF_A_SEAT:
        raise Refused(WhyNot.TOO_MANY_MAILS)
    _keep(caucus, [*sent, (now, seat.pk.hex)])


def forget_sender(seat: Seat) -> None:
    """Forget which of the mails this seat sent, as it goes: they still count for the room. Called with the caucus held."""
    caucus, sent = seat.caucus, _sent(seat.caucus)
    if any(by == seat.pk.hex for _at, by in sent):
        _keep(caucus, [(at, "" if by == seat.pk.hex else by) for at, by in sent])


def _keep(caucus: Caucus, sent: list[Sent]) -> None:
    caucus.mailed = json.dumps([(at.isoformat(), by) for at, by in sent])
    caucus.save(update_fields=["mailed"])


def _sent(caucus: Caucus) -> list[Sent]:
    text = opened(caucus, "mailed")
    return [(datetime.fromisoformat(at), by) for at, by in json.loads(text or "[]")]
