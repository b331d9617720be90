"""Meetings of a cohort: called, changed and called off by who facilitates, read in each one's own time zone."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cohorts.actions import (
    call_meetings,
    call_off_meeting,
    change_meeting,
    leave_cohort,
)
from cohorts.models import Meeting
from core.audit import pseudonym
from core.models import AuditEvent
from notices.models import Notice
from tests.caucuses.meetings.story import fall_change, spring_change
from tests.cohorts.meeting import (
    HERE,
    LINK,
    PLACE,
    called,
    in_a_week,
    of,
    plan,
    typed,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NEW = f"{HERE}new/"


def next_week():
    return timezone.localdate() + timedelta(days=7)


def lines(client):
    """The words of one's notices of meetings, newest first."""
    page = client.get("/account/notices/").text
    return re.findall(r"(?:A meeting|The meeting|Meetings) of Larch[^<]*", page)


def _spring():
    return Meeting.objects.get(title="Grades and pencils").cohort


@pytest.mark.parametrize("name", ["mo", "ana"])
def test_facilitators_and_backbone_call_a_meeting(as_, house, name):
    answer = as_(name).post(NEW, typed(next_week()))

    meeting = Meeting.objects.get(cohort=house.larch)
    assert answer["Location"] == of(meeting)
    assert (meeting.title, meeting.place, meeting.link) == ("Second meeting", PLACE, LINK)
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=90)
    assert meeting.local[0].strftime("%H:%M") == "18:00"
    assert "<strong>pencil</strong>" in meeting.agenda_html
    assert meeting.made_by == house.people[name]
    verbs = AuditEvent.objects.filter(subject=pseudonym(meeting.pk)).values_list("verb", flat=True)
    assert list(verbs) == ["meeting.called"]


@pytest.mark.parametrize(("name", "status"), [("dev", 403), ("fay", 404), ("gus", 404), ("ben", 404)])  # fmt: skip
def test_others_call_change_and_call_off_nothing(as_, house, name, status):
    """A3: who may read it hears that they may not; who may not know of it gets the 404."""
    meeting = called(house)

    for address in (NEW, of(meeting, "edit/"), of(meeting, "call-off/")):
        assert as_(name).get(address).status_code == status
        assert as_(name).post(address, typed(next_week())).status_code == status
    assert Meeting.objects.filter(cohort=house.larch).count() == 1
    with pytest.raises(PermissionDenied):
        call_meetings(cohort=house.larch, plans=[plan()], by=house.people[name])


def test_the_form_begins_with_an_agenda_of_five_parts(as_, house):
    page = as_("mo").get(NEW).text

    assert re.findall(r"# (\w+)", page[page.index("<textarea") :]) == [
        "Arrival", "Agreements", "Prompt", "Talk", "Closing",
    ]  # fmt: skip


def test_everybody_reads_when_it_is_by_their_own_clock(as_, house):
    house.elu.time_zone = "Asia/Tokyo"
    house.elu.save(update_fields=["time_zone"])
    day = date(timezone.localdate().year + 1, 7, 7)
    as_("mo").post(NEW, typed(day, "18:00", "19:00"))
    meeting = Meeting.objects.get(cohort=house.larch)

    tokyo, utc = (as_(name).get(of(meeting)).text for name in ("elu", "dev"))

    assert "8 a.m." in tokyo
    assert "July 8" in tokyo
    assert "Asia/Tokyo" in tokyo
    assert "11 p.m." in utc
    assert "July 7" in utc
    assert "8 a.m." in lines(as_("elu"))[0]


def test_the_cohorts_page_and_today_show_the_next_one(as_, house):
    called(house, starts_at=in_a_week() + timedelta(days=1), title="The one after")
    first = called(house, title="The next one")
    off = called(house, starts_at=in_a_week() - timedelta(days=2), title="Not this one")
    call_off_meeting(meeting=off, by=house.mo)
    leave_cohort(cohort=_spring(), member=house.dev, by=house.dev)

    for page in ("/cohorts/larch/", "/today/"):
        text = as_("dev").get(page).text
        assert of(first) in text
        assert "The next one" in text
        assert "Not this one" not in text
        assert "The one after" not in text


def test_who_is_in_no_cohort_has_no_card(as_, house):
    called(house)

    assert "The next meeting" not in as_("fay").get("/today/").text


def test_the_others_get_a_notice_of_a_call_a_change_and_a_calling_off(as_, house):
    meeting = called(house)
    change_meeting(
        meeting=meeting,
        plan=plan(starts_at=in_a_week() + timedelta(hours=2)),
        seen=1,
        by=house.mo,
    )
    before = lines(as_("dev"))
    call_off_meeting(meeting=meeting, by=house.mo)

    assert [words[:40] for words in before] == [
        "A meeting of Larch has another time or p",
        "A meeting of Larch is called for " + before[1][33:40],
    ]
    after = lines(as_("dev"))
    assert len(after) == 3
    assert all("is called off" in words for words in after)
    assert lines(as_("mo")) == []
    assert Notice.objects.filter(kind="cohorts.meeting").count() == 9


def test_a_word_in_the_agenda_tells_nobody(house):
    meeting = called(house)
    before = Notice.objects.count()

    change_meeting(meeting=meeting, plan=plan(agenda="# Talk"), seen=1, by=house.mo)

    meeting.refresh_from_db()
    assert (meeting.agenda, meeting.sequence, meeting.revision) == ("# Talk", 0, 2)
    assert Notice.objects.count() == before


def test_who_has_left_sees_neither_meeting_nor_notice(as_, house):
    meeting = called(house)
    client = as_("dev")
    before = lines(client)
    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    assert len(before) == 1
    assert lines(client) == []
    assert client.get(of(meeting)).status_code == 404


def test_a_rhythm_keeps_the_time_of_day_when_the_clocks_change(as_, house):
    """H12."""
    change = fall_change()
    if (change - timezone.localdate()).days > 700:
        pytest.skip("No clock changes within the time for which meetings are called.")
    first = change - timedelta(days=10)
    as_("mo").post(NEW, typed(first, repeat="weekly", times="4"))

    found = Meeting.objects.filter(cohort=house.larch).order_by("starts_at")

    assert [row.local[0].date() for row in found] == [first + timedelta(weeks=n) for n in range(4)]
    assert {row.local[0].strftime("%H:%M") for row in found} == {"18:00"}
    assert [row.starts_at.hour for row in found] == [23, 23, 0, 0]
    assert lines(as_("dev"))[0].startswith("Meetings of Larch are called, the first one for")
    assert Notice.objects.filter(kind="cohorts.meeting").count() == 3


def test_a_rhythm_of_two_weeks_has_twelve_meetings_at_most(as_, house):
    client = as_("mo")

    too_many = client.post(NEW, typed(next_week(), repeat="fortnightly", times="13"))
    without = client.post(NEW, typed(next_week(), repeat="once", times="3"))
    client.post(NEW, typed(next_week(), repeat="fortnightly", times="12"))

    assert "less than or equal to 12" in too_many.text
    assert "Choose how often, or one meeting in all" in without.text
    found = Meeting.objects.filter(cohort=house.larch).order_by("starts_at")
    assert found.count() == 12
    assert found.last().local[0].date() - found[0].local[0].date() == timedelta(weeks=22)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"begins": "19:00", "ends": "18:00"}, "It ends before it begins"),
        ({"begins": "19:00", "ends": "19:00"}, "It ends before it begins"),
        ({"day": "9999-12-31"}, "Choose a day within two years"),
        ({"day": "1999-12-31"}, "Choose a day within two years"),
        ({"day": "2199-12-31"}, "Choose a day within two years"),
        ({"day": "soon"}, "Choose a day, such as"),
        ({"begins": "25:99"}, "Choose a time, such as"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"link": "javascript:alert(1)"}, "A link begins with https://"),
        ({"link": "http://meet.example/x"}, "A link begins with https://"),
        ({"link": "HTTPS://meet.example/x"}, "A link begins with https://"),
        ({"link": "https://bank.example@evil.example/"}, "A link begins with https://"),
        ({"link": "https://[x"}, "A link begins with https://"),
        ({"title": "  "}, "Give it a title"),
        ({"title": "x" * 121}, "at most 120"),
        ({"agenda": "x" * 1_000_000}, "at most 10000"),
        ({"repeat": "hourly"}, "Select a valid choice"),
        ({"times": "many"}, "whole number"),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence_and_nothing_typed_is_lost(
    as_, house, changes, sentence
):
    answer = as_("mo").post(NEW, typed(next_week(), place="Behind the plum tree") | changes)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Behind the plum tree" in answer.text
    assert Meeting.objects.filter(cohort=house.larch).count() == 0


def test_a_time_that_clocks_skip_or_show_twice_gets_a_sentence_also_within_a_rhythm(as_, house):
    """H12."""
    skipped, twice = spring_change(), fall_change()
    client = as_("mo")

    gap = client.post(NEW, typed(skipped, "02:30", "04:00"))
    fold = client.post(NEW, typed(twice, "00:30", "01:30"))
    later = client.post(
        NEW, typed(skipped - timedelta(weeks=1), "02:30", "04:00", repeat="weekly", times="3")
    )

    assert "never show 02:30" in gap.text
    assert "show 01:30 twice" in fold.text
    assert f"{skipped:%B} {skipped.day}, {skipped.year} the clocks" in later.text
    assert Meeting.objects.filter(cohort=house.larch).count() == 0
