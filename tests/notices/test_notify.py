"""Telling members: the notice exists exactly when the act does, and its mail is planned by the member's wish."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cohorts.actions import post_announcement
from notices.actions import choose_mail, mark_all_read, not_yet_told, notify, notify_all
from notices.choices import MailKind, Rhythm
from notices.models import Notice, OutboxMail
from notices.showing import lines
from tests.cohorts.house import waiting

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

KIND = "cohorts.announcement"
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)  # a Wednesday


def wish(member, rhythm, quiet=(None, None), paused=False):
    choose_mail(
        rhythms={KIND: Rhythm(rhythm)},
        is_paused=paused,
        quiet_from=quiet[0],
        quiet_until=quiet[1],
        by=member,
    )


@time_machine.travel(NOON, tick=False)
def test_at_once_means_after_one_to_ten_minutes_at_random_per_recipient(house):
    """E5: mails that leave at one moment would show who belongs together."""
    post_announcement(cohort=house.larch, text="Hello", by=house.mo)

    delays = [mail.due_at - NOON for mail in waiting(MailKind.NOTICE)]

    assert len(delays) == 3
    assert all(timedelta(minutes=1) <= delay <= timedelta(minutes=10) for delay in delays)
    assert len(set(delays)) > 1 or len({mail.due_at for mail in waiting()}) == 1


def test_nobody_is_told_of_their_own_announcement_and_nobody_outside_is_told(house):
    """A26."""
    post_announcement(cohort=house.larch, text="Hello", by=house.mo)

    told = set(Notice.objects.values_list("member__email", flat=True))

    assert told == {f"{name}@riverton.example" for name in ("dev", "elu", "hana")}


def test_a_notice_holds_ids_and_no_word_of_what_was_written(house):
    """E1: the plum tree is planted in the text and must not be found in notice or outbox."""
    post_announcement(cohort=house.larch, text="Meet under the plum tree", by=house.mo)

    rows = [str(row) for row in Notice.objects.values()] + [
        str(row) for row in OutboxMail.objects.values()
    ]

    assert len(rows) == 6
    assert not [row for row in rows if "plum" in row or "riverton.example" in row]


def test_what_a_notice_is_about_stands_nowhere_readable(house):
    """E1: a copy of the database tells neither what somebody was told of nor who else was told of the same."""
    announcement = post_announcement(cohort=house.larch, text="Hello", by=house.mo)
    with connection.cursor() as cursor:
        cursor.execute("SELECT about, sealed FROM notices_notice")
        rows = cursor.fetchall()

    assert len(rows) == len({about for about, _ in rows}) == 3
    for about, sealed in rows:
        for form in (str(announcement.pk), announcement.pk.hex):
            assert form not in about
            assert form.encode() not in bytes(sealed)
    notice = Notice.objects.get(member=house.dev)
    assert notice.payload == {"announcement": str(announcement.pk)}


def test_a_damaged_notice_is_left_out_the_others_are_shown_and_one_alarm_goes_out(house, settings):
    """C4."""
    settings.ALERT_EMAIL = "ops@riverton.example"
    for text in ("One", "Two"):
        post_announcement(cohort=house.larch, text=text, by=house.mo)
    damaged, whole = Notice.objects.of(house.dev).order_by("pk")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notices_notice SET sealed = %s WHERE id = %s", [b"x", key_of(damaged)]
        )

    for _ in range(2):
        assert [line.notice for line in lines(house.dev, Notice.objects.of(house.dev))] == [whole]
    (alarm,) = OutboxMail.objects.filter(kind=MailKind.ALARM)
    assert alarm.recipient == "ops@riverton.example"
    assert "could not be opened" in alarm.subject
    assert str(damaged.pk) not in alarm.text


def key_of(row):
    return row.pk.hex if connection.vendor == "sqlite" else row.pk


def test_who_was_told_and_has_not_read_it_is_not_told_again(house):
    announcement = post_announcement(cohort=house.larch, text="Hello", by=house.mo)
    payload = {"announcement": announcement.pk}
    others = [house.dev, house.elu, house.mo]
    assert not_yet_told(others, kind=KIND, payload=payload) == [house.mo]

    mark_all_read(by=house.dev)

    assert not_yet_told(others, kind=KIND, payload=payload) == [house.dev, house.mo]
    assert not_yet_told(others, kind=KIND, payload={"announcement": house.larch.pk}) == others


@pytest.mark.parametrize("payload", [{"text": "a secret"}, {"id": None}, {"id": 1.5}, {"a": True}])
def test_a_payload_that_could_carry_words_is_refused(house, payload):
    with pytest.raises(ValueError, match=r"UUID|badly formed"):
        notify(member=house.dev, kind=KIND, payload=payload)

    assert Notice.objects.count() == 0


def test_a_kind_that_no_app_registered_is_refused(house):
    with pytest.raises(ValueError, match="No app has registered"):
        notify(member=house.dev, kind="weather.rain", payload={})


def test_when_the_act_fails_there_is_neither_notice_nor_mail(house):
    """H10: all or nothing."""

    def act():
        with transaction.atomic():
            post_announcement(cohort=house.larch, text="Hello", by=house.mo)
            raise RuntimeError("after the act")

    with pytest.raises(RuntimeError):
        act()

    assert (Notice.objects.count(), OutboxMail.objects.count()) == (0, 0)


@time_machine.travel(NOON, tick=False)
def test_a_daily_rhythm_gathers_all_notices_into_one_mail_of_the_next_morning(house):
    wish(house.dev, "daily")

    for text in ("One", "Two", "Three"):
        post_announcement(cohort=house.larch, text=text, by=house.mo)

    digests = waiting(MailKind.DIGEST)
    assert len(digests) == 1
    assert digests[0].digest_at == datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
    assert timedelta(minutes=1) <= digests[0].due_at - digests[0].digest_at <= timedelta(minutes=10)
    assert digests[0].notices.count() == 3


@time_machine.travel(NOON, tick=False)
def test_a_weekly_rhythm_waits_for_monday_in_the_members_time_zone(house):
    house.dev.time_zone = "America/New_York"
    house.dev.save()
    wish(house.dev, "weekly")

    post_announcement(cohort=house.larch, text="One", by=house.mo)

    assert waiting(MailKind.DIGEST)[0].digest_at == datetime(2026, 1, 19, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize("paused", [True, False])
def test_who_wants_no_mail_still_finds_the_notice_on_the_site(house, paused):
    wish(house.dev, "now" if paused else "none", paused=paused)

    post_announcement(cohort=house.larch, text="One", by=house.mo)

    assert house.dev.notices.count() == 1
    assert house.dev.mails.count() == 0


@time_machine.travel(datetime(2026, 3, 8, 5, 30, tzinfo=UTC), tick=False)  # 00:30 in New York
def test_quiet_hours_move_the_mail_to_their_end_in_the_night_the_clock_goes_forward(house):
    """H12."""
    house.dev.time_zone = "America/New_York"
    house.dev.save()
    wish(house.dev, "now", quiet=(time(22, 0), time(7, 0)))

    post_announcement(cohort=house.larch, text="One", by=house.mo)

    due = house.dev.mails.get().due_at
    seven = datetime(2026, 3, 8, 11, 0, tzinfo=UTC)
    assert timedelta(minutes=1) <= due - seven <= timedelta(minutes=10)


def test_a_digest_that_left_before_the_clock_was_set_back_takes_no_more_notices(house):
    """H12: nothing is lost, nothing goes out twice."""
    wish(house.dev, "daily")
    with time_machine.travel(NOON, tick=False):
        post_announcement(cohort=house.larch, text="One", by=house.mo)
        left = house.dev.mails.get()
        OutboxMail.objects.filter(pk=left.pk).update(state="sent", done_at=NOON)

        post_announcement(cohort=house.larch, text="Two", by=house.mo)

    assert left.notices.count() == 1
    other = house.dev.mails.exclude(pk=left.pk).get()
    assert other.digest_at == left.digest_at + timedelta(days=1)
    assert other.notices.count() == 1


def test_telling_many_takes_as_many_queries_as_telling_one(house):
    for name in ("dev", "elu"):
        wish(house.people[name], "daily")
    members = [house.dev, house.elu, house.hana, house.mo]

    def queries(some):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            notify_all(members=some, kind=KIND, payload={"announcement": house.larch.pk})
        return len(captured)

    assert queries(members[:3]) == queries([*members]) == 8
