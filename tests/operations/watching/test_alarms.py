"""Alarms: one mail a kind and day, the same words each time, and nothing that stops whoever asks for one."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from core import doors, faults
from core.signs import Sign
from notices.alarm_words import ALARMS
from notices.delivery import deliver
from notices.models import OutboxMail
from notices.outbox import attempt, claim
from operations.watching import watch

BOTH = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
KEEPER = "keeper@riverton.example"
CANARY = "canary-of-the-log"


@pytest.fixture
def keeper(settings):
    """Somebody is mailed."""
    settings.ALERT_EMAIL = KEEPER


def mails():
    return list(OutboxMail.objects.filter(kind="alarm").order_by("created_at"))


def at(moment, what):
    with time_machine.travel(moment, tick=False):
        doors.ask("alarm", what=what)


def send_all(now):
    with time_machine.travel(now, tick=False):
        while (mail := claim(now)) is not None:
            attempt(mail, deliver, now)


@BOTH
@pytest.mark.parametrize("kind", sorted(ALARMS))
def test_each_kind_has_a_subject_and_says_what_to_do(keeper, kind):
    doors.ask("alarm", what=kind)

    (mail,) = mails()
    assert mail.recipient == KEEPER
    assert "Riverton Healthy Starts" in mail.subject
    assert len(mail.text) > 120
    assert "%(" not in mail.subject + mail.text + mail.html
    assert re.sub(r"<[^>]+>|\s", "", mail.html) == re.sub(r"\s", "", mail.text)


@BOTH
def test_one_kind_is_mailed_once_a_day_and_another_kind_beside_it(keeper):
    at(NOON, "disk")
    send_all(NOON + timedelta(minutes=1))

    at(NOON + timedelta(hours=23), "disk")
    at(NOON + timedelta(hours=23), "backup")
    at(NOON + timedelta(hours=25), "disk")

    assert [(mail.created_at - NOON) / timedelta(hours=1) for mail in mails()] == [0, 23, 25]


@BOTH
def test_a_second_mail_of_a_kind_never_waits_beside_the_first(keeper):
    """While the mail server is away, for days."""
    for days in range(5):
        at(NOON + timedelta(days=days, hours=1), "outbox")

    assert len(mails()) == 1


@BOTH
def test_a_clock_that_was_set_back_does_not_silence_alarms(keeper):
    """H12."""
    at(NOON + timedelta(days=400), "disk")
    send_all(NOON + timedelta(days=401))

    at(NOON, "disk")

    assert len(mails()) == 2


@BOTH
def test_an_unknown_kind_is_told_as_a_sign_and_its_name_stands_in_the_log(keeper, caplog):
    doors.ask("alarm", what="cellar")

    (mail,) = mails()
    assert mail.subject == "Something at Riverton Healthy Starts is not well"
    assert "cellar" not in mail.text
    assert [row.getMessage() for row in caplog.records] == ["Alarm, mailed to ALERT_EMAIL: cellar."]


@BOTH
def test_without_an_address_the_log_tells_it_once(settings, caplog):
    settings.ALERT_EMAIL = ""

    for _ in range(3):
        doors.ask("alarm", what="disk")

    assert mails() == []
    assert [row.getMessage() for row in caplog.records] == [
        "Alarm, which nobody is mailed because ALERT_EMAIL is not set: disk."
    ]


@BOTH
def test_without_a_database_the_log_tells_it_and_nothing_is_raised(keeper, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notices_outboxmail RENAME TO away")

    doors.ask("alarm", what="disk")

    assert re.fullmatch(r"Alarm, which could not be mailed \(\w+\): disk\.", caplog.messages[-1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")  # the transaction around it goes on
        assert cursor.fetchone() == (1,)


@BOTH
def test_an_alarm_goes_with_the_transaction_that_asked_for_it(keeper):
    with transaction.atomic():
        doors.ask("alarm", what="disk")
        transaction.set_rollback(True)

    doors.ask("alarm", what="disk")
    assert len(mails()) == 1


@BOTH
def test_every_minute_what_is_not_well_is_told_by_its_name(keeper, only_signs):
    def said(*, now):
        yield Sign("backup", "Backup", "Too old.", is_well=False)
        yield Sign("disk", "Disk", "Plenty of room.")
        yield Sign("cellar", "Cellar", "Under water.", is_well=False)

    only_signs(said)

    told = watch(now=NOON)

    assert told == 2
    assert {mail.subject for mail in mails()} == {
        "Riverton Healthy Starts has no good backup of today",
        "Something at Riverton Healthy Starts is not well",
    }


@BOTH
def test_a_sign_that_cannot_be_told_is_told_and_hides_no_other(keeper, only_signs, caplog):
    def broken(*, now):
        raise RuntimeError("the plum tree")

    def said(*, now):
        yield Sign("backup", "Backup", "Too old.", is_well=False)

    only_signs(broken, said)

    assert watch(now=NOON) == 2
    assert len(mails()) == 2
    assert "RuntimeError" in caplog.text
    assert "plum" not in caplog.text


@BOTH
def test_a_page_that_fails_is_counted_in_the_log_and_mailed_by_the_worker(
    keeper, settings, only_signs, caplog
):
    """A22: the mail says where to look, and nothing of what was asked or typed."""
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    client = Client(raise_request_exception=False)

    answers = [client.post("/breaks/fault/", {"text": CANARY}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [500, 500]
    assert mails() == []  # never from the request that failed
    rows = [row.fields for row in caplog.records if row.name == "lodestar.faults"]
    assert [(row["route"], row["kind"], row["count"]) for row in rows] == [
        ("breaks/fault/", "tests.core.urls_that_break.UnknownFault", 1),
        ("breaks/fault/", "tests.core.urls_that_break.UnknownFault", 2),
    ]
    assert [row["request_id"] for row in rows] == [answer["X-Request-ID"] for answer in answers]
    watch(now=NOON)
    watch(now=NOON)
    (mail,) = mails()
    assert mail.subject == "A page of Riverton Healthy Starts failed"
    for secret in (CANARY, "breaks", "UnknownFault", rows[0]["request_id"]):
        assert secret not in mail.subject + mail.text + mail.html


def test_a_page_that_fails_while_nothing_can_be_written_fails_no_worse(settings, tmp_path):
    """H4."""
    (tmp_path / "run").write_text("a file where a folder should be")
    settings.ROOT_URLCONF = "tests.core.urls_that_break"

    answer = Client(raise_request_exception=False).get("/breaks/several/")

    assert answer.status_code == 500
    assert faults.taken() is False
