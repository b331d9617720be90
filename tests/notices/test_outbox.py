"""The outbox: asked again at the time of sending, one mail per notice, emptied when done (threats A26, E1-E8, H7, H8)."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction

from cohorts.actions import delete_announcement, leave_cohort
from notices import outbox
from notices.actions import choose_mail, mark_all_read, stop_mail
from notices.choices import MailState, Rhythm
from notices.delivery import Refused, deliver
from notices.models import Notice, OutboxMail
from tests.cohorts.house import mails, waiting
from tests.notices.story import LATER, NOON, announce, read, refusing, send_all

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_nothing_leaves_before_its_time(house):
    announce(house)

    assert send_all(NOON + timedelta(seconds=59)) == 0
    assert mails() == []


def test_every_recipient_gets_one_mail_of_their_own_with_the_same_words(house):
    """E1, E2: constant subject and text, one recipient."""
    announce(house)

    send_all()

    found = [read(path) for path in mails()]
    assert sorted(found_mail["To"] for found_mail in found) == [
        "dev@riverton.example",
        "elu@riverton.example",
        "hana@riverton.example",
    ]
    assert {found_mail["Subject"] for found_mail in found} == {
        "There is something new for you on Riverton Healthy Starts"
    }
    texts = {
        re.sub(r"/stop/[\w-]+/", "/stop/…/", part.get_content())
        for found_mail in found
        for part in found_mail.walk()
        if not part.is_multipart()
    }
    assert len(texts) == 2  # one plain, one HTML, the same for all
    assert not [text for text in texts if "plum" in text or "Larch" in text or "Mo" in text]


def test_the_headers_of_a_mail_link_it_to_no_other(house):
    """E2, E3."""
    announce(house)
    send_all()

    found = [read(path) for path in mails()]

    assert len({found_mail["Message-ID"] for found_mail in found}) == 3
    for found_mail in found:
        names = {name.lower() for name in found_mail}
        assert not names & {
            "in-reply-to",
            "references",
            "thread-index",
            "thread-topic",
            "cc",
            "bcc",
        }
        assert names == {
            "content-type", "mime-version", "subject", "from", "to", "date", "message-id",
            "auto-submitted", "list-unsubscribe", "list-unsubscribe-post",
        }  # fmt: skip
        assert found_mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_file_is_named_by_time_and_chance_not_by_address(house):
    announce(house)
    send_all()

    assert all(re.fullmatch(r"20260114T120000-[0-9a-f]{32}\.eml", path.name) for path in mails())


def test_a_sent_mail_is_emptied(house):
    EmailMultiAlternatives("Your code", "It is 123-456", to=["dev@riverton.example"]).send()
    row = OutboxMail.objects.get()
    assert "123-456" in row.text

    send_all(datetime.now(UTC) + timedelta(seconds=1))

    row.refresh_from_db()
    assert (row.state, row.text, row.html, row.subject, row.recipient) == ("sent", "", "", "", "")


def test_the_database_refuses_a_done_mail_that_still_holds_words(house):
    row = OutboxMail.objects.create(message_id="<a@b>", recipient="a@b.example", text="words")

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMail.objects.filter(pk=row.pk).update(state="sent", done_at=NOON)


def test_who_has_left_the_cohort_since_gets_no_mail(house):
    """A18, A26: access is asked when the mail goes out."""
    announce(house)
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    send_all()

    assert sorted(read(path)["To"] for path in mails()) == [
        "elu@riverton.example",
        "hana@riverton.example",
    ]
    assert house.dev.mails.get().state == MailState.DROPPED


def test_whose_account_was_closed_since_gets_no_mail(house):
    announce(house)
    house.dev.is_active = False
    house.dev.save()

    send_all()

    assert "dev@riverton.example" not in [read(path)["To"] for path in mails()]
    assert len(mails()) == 2


def test_the_address_is_the_one_of_the_moment_of_sending(house):
    announce(house)
    house.dev.email = "new-address@riverton.example"
    house.dev.save()

    send_all()

    assert "new-address@riverton.example" in [read(path)["To"] for path in mails()]
    assert "dev@riverton.example" not in [read(path)["To"] for path in mails()]


def test_a_deleted_announcement_is_not_mailed(house):
    announcement = announce(house)
    delete_announcement(announcement=announcement, by=house.mo)

    send_all()

    assert mails() == []
    assert OutboxMail.objects.filter(state=MailState.DROPPED).count() == 3


def test_what_was_read_on_the_site_is_not_mailed(house):
    announce(house)
    mark_all_read(by=house.dev)

    send_all()

    assert len(mails()) == 2


def test_who_paused_since_gets_no_mail(house):
    announce(house)
    stop_mail(member_id=house.dev.pk)

    send_all()

    assert len(mails()) == 2


def test_who_chose_a_digest_since_gets_it_in_the_digest_and_never_twice(house):
    announce(house)
    announce(house, "And another")
    choose_mail(
        rhythms={"cohorts.announcement": Rhythm.DAILY},
        is_paused=False, quiet_from=None, quiet_until=None, by=house.dev,
    )  # fmt: skip

    send_all()
    assert [mail.kind for mail in waiting()] == ["digest"]
    assert "dev@riverton.example" not in [read(path)["To"] for path in mails()]
    send_all(NOON + timedelta(days=1))

    to_dev = [path for path in mails() if read(path)["To"] == "dev@riverton.example"]
    assert len(to_dev) == 1
    assert {str(row.mail.pk) for row in house.dev.notices.all()} == {
        str(house.dev.mails.get(state="sent").pk)
    }


def test_quiet_hours_are_asked_again_when_the_mail_goes_out(house):
    announce(house)
    choose_mail(
        rhythms={}, is_paused=False, quiet_from=time(12, 0), quiet_until=time(14, 0), by=house.dev
    )

    send_all()

    mail = house.dev.mails.get()
    assert (mail.state, mail.attempts) == ("waiting", 0)
    end = datetime(2026, 1, 14, 14, 0, tzinfo=UTC)
    assert timedelta(minutes=1) <= mail.due_at - end <= timedelta(minutes=10)
    send_all(end + timedelta(minutes=11))
    mail.refresh_from_db()
    assert mail.state == "sent"


def test_a_worker_that_dies_in_the_middle_repeats_the_mail_once_with_the_same_message_id(house):
    """H7: the mail is on the wire when the process is killed; the next worker finds it after the lease."""
    announce(house)
    sent = []

    def killed(message, _mail):
        sent.append(message.extra_headers["Message-ID"])
        raise KeyboardInterrupt  # passes every handler, as a kill does

    with time_machine.travel(LATER, tick=False), pytest.raises(KeyboardInterrupt):
        outbox.attempt(outbox.claim(LATER), killed, LATER)

    def remember(message, _mail):
        sent.append(message.extra_headers["Message-ID"])

    send_all(LATER, by=remember)
    assert len(sent) == 3  # the killed one is under its lease
    send_all(LATER + timedelta(minutes=6), by=remember)
    assert len(sent) == 4
    assert len(set(sent)) == 3
    assert OutboxMail.objects.filter(state="sent").count() == 3


def test_a_worker_whose_lease_has_passed_on_writes_down_nothing(house):
    announce(house)
    with time_machine.travel(LATER, tick=False):
        slow = outbox.claim(LATER)
        after = LATER + timedelta(minutes=6)
        quick = next(mail for mail in iter(lambda: outbox.claim(after), None) if mail.pk == slow.pk)
        outbox.attempt(quick, deliver, after)
        outbox.attempt(slow, refusing(Refused("late")), after)

    slow.refresh_from_db()
    assert (slow.state, slow.refusals) == ("sent", 0)


def test_a_lease_from_before_the_clock_was_set_back_binds_nobody(house):
    """H12."""
    announce(house)
    claimed = outbox.claim(LATER + timedelta(days=2))

    again = [mail.pk for mail in iter(lambda: outbox.claim(LATER), None)]

    assert claimed.pk in again


def test_one_notice_has_at_most_one_mail_by_the_shape_of_the_table():
    column = Notice._meta.get_field("mail")

    assert column.many_to_one
    assert OutboxMail._meta.get_field("message_id").unique
