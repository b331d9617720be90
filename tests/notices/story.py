"""An announcement and a worker's round, for stories of the outbox."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import time_machine

from cohorts.actions import post_announcement
from notices import outbox
from notices.delivery import deliver

NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=11)


def announce(house, text="Meet under the plum tree"):
    with time_machine.travel(NOON, tick=False):
        return post_announcement(cohort=house.larch, text=text, by=house.mo)


def send_all(now=LATER, by=deliver):
    """What a worker does in one round at this moment."""
    count = 0
    with time_machine.travel(now, tick=False):
        while (mail := outbox.claim(now)) is not None:
            outbox.attempt(mail, by, now)
            count += 1
    return count


def read(path):
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def refusing(problem):
    def refuse(_message, _mail):
        raise problem

    return refuse
