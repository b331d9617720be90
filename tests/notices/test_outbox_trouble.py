"""A mail server that is away, refuses or is lied to; mails that cannot be written (threats E1-E8, H7, H8)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives

from accounts.models import Initiative
from notices import outbox
from notices.backends import OutboxEmailBackend
from notices.delivery import Away, NotNow, Refused, deliver
from notices.models import OutboxMail
from tests.cohorts.house import mails, waiting
from tests.notices.story import LATER, announce, read, refusing, send_all

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_server_that_is_away_for_a_day_loses_and_doubles_nothing(house):
    """H17: a try a minute at first, then one an hour; all is sent once when it is back."""
    announce(house)
    now, tries = LATER, 0
    while now < LATER + timedelta(hours=25):
        tries += send_all(now, by=refusing(Away("smtp: down")))
        now += timedelta(minutes=10)

    assert {mail.state for mail in OutboxMail.objects.all()} == {"waiting"}
    assert 3 * 26 <= tries <= 3 * 40
    send_all(now + timedelta(hours=1))
    send_all(now + timedelta(hours=2))
    assert len(mails()) == 3
    assert OutboxMail.objects.filter(state="sent").count() == 3


def test_a_mail_is_given_up_after_days_of_tries_and_the_operators_hear_of_it_once(house, settings):
    settings.ALERT_EMAIL = "alarm@riverton.example"
    announce(house)
    now = LATER
    while now < LATER + timedelta(days=3, hours=2):
        send_all(now, by=refusing(NotNow("smtp: recipient 450")))
        now += timedelta(hours=1)

    assert OutboxMail.objects.filter(state="dead", kind="notice").count() == 3
    assert OutboxMail.objects.filter(kind="alarm").count() == 1


def test_a_clock_that_leaps_a_week_ahead_gives_nothing_up(house):
    """H12: no early expiry."""
    announce(house)
    send_all(LATER, by=refusing(Away("smtp: down")))

    send_all(LATER + timedelta(days=7), by=refusing(Away("smtp: down")))

    assert len(waiting()) == 3


def test_five_refusals_for_good_end_a_mail_and_the_others_go_on(house):
    """H8: the poison does not hold up the rest."""
    announce(house)

    def refuse_dev(message, mail):
        if message.to == ["dev@riverton.example"]:
            raise Refused("smtp: recipient 550")
        deliver(message, mail)

    for hours in range(8):
        send_all(LATER + timedelta(hours=hours), by=refuse_dev)

    assert len(mails()) == 2
    dead = house.dev.mails.get()
    assert (dead.state, dead.refusals, dead.last_error) == ("dead", 5, "smtp: recipient 550")


def test_a_mail_that_cannot_be_written_is_dead_after_five_tries(house):
    """H8: a fault of our own is no reason to try for days."""
    EmailMessage("Hello", "text", to=["dev@riverton.example"]).send()
    now = datetime.now(UTC) + timedelta(seconds=1)

    for hours in range(8):
        send_all(now + timedelta(hours=hours), by=refusing(UnicodeError("broken")))

    row = OutboxMail.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("dead", 5, "UnicodeError")


def test_the_wait_doubles_from_a_minute_to_an_hour_with_chance_in_it():
    longest = [max(outbox.wait_after(n) for _ in range(60)) for n in (1, 2, 3, 7, 500)]
    shortest = [min(outbox.wait_after(n) for _ in range(60)) for n in (1, 2, 3, 7, 500)]

    for minutes, most, least in zip((1, 2, 4, 60, 60), longest, shortest, strict=True):
        assert timedelta(minutes=minutes) * 0.8 <= least < most <= timedelta(minutes=minutes)


@pytest.mark.parametrize("subject", ["Hello\nBcc: all@riverton.example", "Hello\rX: y"])
def test_a_line_break_in_a_subject_is_refused(house, subject):
    """E6."""
    with pytest.raises(BadHeaderError):
        EmailMessage(subject, "text", to=["dev@riverton.example"]).send()

    assert OutboxMail.objects.count() == 0


def test_a_line_break_in_an_address_is_refused(house):
    """E6."""
    with pytest.raises(BadHeaderError):
        EmailMessage("Hello", "text", to=["dev@riverton.example\nBcc: x@y.example"]).send()

    assert OutboxMail.objects.count() == 0


def test_a_line_break_in_the_initiatives_name_makes_no_header(house):
    """E6: the name stands in the subject of every mail."""
    initiative = Initiative.load()
    initiative.name = "Riverton\nBcc: all@riverton.example"
    initiative.save()
    announce(house)

    send_all()

    for path in mails():
        found = read(path)
        assert found["Bcc"] is None
        assert found["Subject"].endswith("Riverton Bcc: all@riverton.example")


def test_a_mail_to_several_becomes_one_for_each(house):
    """E2."""
    EmailMessage("Hello", "text", to=["a@x.example", "b@x.example"], bcc=["c@x.example"]).send()

    assert sorted(row.recipient for row in waiting()) == [
        "a@x.example",
        "b@x.example",
        "c@x.example",
    ]
    assert len({row.message_id for row in waiting()}) == 3


def test_both_forms_of_a_ready_mail_arrive(house):
    message = EmailMultiAlternatives("Hello", "plain words", to=["a@x.example"])
    message.attach_alternative("<p>marked-up words</p>", "text/html")
    message.send()

    send_all(datetime.now(UTC) + timedelta(seconds=1))

    found = read(mails()[0])
    assert found.get_body(("plain",)).get_content().strip() == "plain words"
    assert found.get_body(("html",)).get_content().strip() == "<p>marked-up words</p>"


def test_an_attachment_is_refused_with_a_sentence(house):
    message = EmailMessage("Hello", "text", to=["a@x.example"])
    message.attach("list.csv", "a,b", "text/csv")

    with pytest.raises(ValueError, match="carries no attachments"):
        OutboxEmailBackend().send_messages([message])
