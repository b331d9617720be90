"""How mail and the worker do, as the operators' page and the alarms read it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage

from notices import outbox
from notices.delivery import Away, Refused
from notices.signs import mail_sign, worker_sign
from notices.worker import beat, heartbeat_file
from tests.notices.story import refusing, send_all

NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
BOTH = pytest.mark.django_db(databases=["default", "keys"])


def at(minutes):
    return NOON + timedelta(minutes=minutes)


def mail(minutes):
    (sign,) = mail_sign(now=at(minutes))
    return sign.is_well, str(sign.said)


def worker(minutes):
    (sign,) = worker_sign(now=at(minutes))
    return sign.is_well, str(sign.said)


@BOTH
def test_mail_is_well_until_one_that_is_due_has_waited_for_half_an_hour():
    """H17: the server is away, and tries put the mail off again and again."""
    with time_machine.travel(NOON, tick=False):
        EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()
    none = "In the last three days none was given up."
    before = mail(-1)
    for minutes in range(40):
        send_all(at(minutes), by=refusing(Away("smtp: down")))

    assert before == (True, f"No mail is due. {none}")
    assert mail(29) == (True, f"1 mail is due, for 29 minutes. {none}")
    assert mail(31) == (False, f"1 mail is due, for 31 minutes. {none}")


@BOTH
def test_mail_that_was_given_up_is_said_for_three_days():
    with time_machine.travel(NOON, tick=False):
        EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()
    for hours in range(6):
        send_all(at(60 * hours), by=refusing(Refused("smtp: recipient 550")))

    assert mail(60 * 5) == (False, "No mail is due. In the last three days 1 was given up.")
    assert mail(60 * 24 * 4) == (True, "No mail is due. In the last three days none was given up.")


def test_the_worker_is_well_while_it_was_heard_of_in_the_last_five_minutes():
    unheard = worker(0)
    with time_machine.travel(NOON, tick=False):
        beat(heartbeat_file())

    assert unheard == (False, "It has not run here yet.")
    assert worker(-60) == (
        True,
        "It was heard of less than a minute ago.",
    )  # the clock was set back
    assert worker(4) == (True, "It was last heard of 4 minutes ago.")
    assert worker(6) == (False, "It was last heard of 6 minutes ago.")


@pytest.mark.parametrize("content", ["", "2026-01-14T12:00", "\x00"])
def test_half_a_sign_of_life_is_none(content):
    heartbeat_file().write_text(content)

    assert worker(0) == (False, "It has not run here yet.")


@BOTH
@pytest.mark.parametrize("days", [-400, -1])
def test_a_clock_that_is_set_back_strands_no_mail_that_was_due_at_once(days):
    """H12: a code to sign in waits for nobody's clock."""
    with time_machine.travel(NOON, tick=False):
        EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()

    assert outbox.claim(NOON + timedelta(days=days)) is not None
