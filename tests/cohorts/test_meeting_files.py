"""One meeting for one's own calendar, read by two programs that know nothing of each other; it says when, and no more than one asked for."""

import re
from datetime import UTC, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from cohorts.actions import call_off_meeting, change_meeting
from core.clock import moment
from tests.caucuses.meetings.story import fall_change, spring_change
from tests.cohorts.meeting import CHICAGO, PLACE, called, in_a_week, of, plan

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def both_read(answer):
    """The one entry as icalendar and as vobject read it, which must be the same: words, begin and end in UTC, state."""
    (ours,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    theirs = vobject.readOne(answer.content.decode()).vevent
    found = (
        str(ours["summary"]),
        ours.decoded("dtstart").astimezone(UTC),
        ours.decoded("dtend").astimezone(UTC),
        str(ours["status"]),
    )
    assert found == (
        theirs.summary.value,
        theirs.dtstart.value.astimezone(UTC),
        theirs.dtend.value.astimezone(UTC),
        theirs.status.value,
    )
    return found


def test_two_programs_read_when_it_is_and_nothing_else(as_, house):
    meeting = called(house)

    answer = as_("dev").get(of(meeting, "meeting.ics"))

    assert both_read(answer) == ("Meeting", meeting.starts_at, meeting.ends_at, "CONFIRMED")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    words = answer.text.lower()
    for said in ("larch", "cohort", "second", "mo ", "haddad", "room", "http", "pencil", "riverton", "lodestar", str(meeting.pk)):  # fmt: skip
        assert said not in words, said


def test_with_all_words_it_holds_title_place_and_link_and_still_not_the_cohort(as_, house):
    words = {"title": "Maps; pencils, and “grades”" + " long" * 15, "place": "Room 2, left"}
    meeting = called(house, link="https://meet.example/1;2,3?a=b&c=d", **words)

    answer = as_("dev").get(of(meeting, "meeting.ics?words=all"))

    assert both_read(answer)[0] == meeting.title
    entry = vobject.readOne(answer.content.decode()).vevent
    assert (entry.location.value, entry.url.value) == ("Room 2, left", meeting.link)
    assert "larch" not in answer.text.lower()
    assert PLACE not in answer.text


@pytest.mark.parametrize("zone", [CHICAGO, "Europe/Dublin", "Asia/Kolkata", "Africa/Casablanca", "UTC"])  # fmt: skip
@pytest.mark.parametrize("change", [spring_change, fall_change])
def test_around_a_change_of_clocks_both_programs_find_the_moment(as_, house, zone, change):
    """H12."""
    for days in (-1, 1):
        begins = moment(change() + timedelta(days=days), in_a_week().time(), zone)
        meeting = called(house, starts_at=begins, time_zone=zone)

        answer = as_("dev").get(of(meeting, "meeting.ics"))

        assert both_read(answer)[1:3] == (meeting.starts_at, meeting.ends_at)
        assert answer.text.count("BEGIN:VTIMEZONE") == (0 if zone == "UTC" else 1)


def test_the_rules_of_the_zone_come_along(as_, house):
    day = fall_change()  # a day that begins in one offset and ends in another
    begins = moment(day, time(18), CHICAGO)
    meeting = called(house, starts_at=begins)

    calendar = icalendar.Calendar.from_ical(as_("dev").get(of(meeting, "meeting.ics")).content)

    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == CHICAGO
    assert {str(part["tzname"]) for part in zone.subcomponents} == {"CST", "CDT"}
    entry = calendar.walk("VEVENT")[0]
    assert entry["dtstart"].params["TZID"] == CHICAGO
    assert begins.astimezone(ZoneInfo(CHICAGO)).replace(tzinfo=None) == entry.decoded("dtstart").replace(tzinfo=None)  # fmt: skip


def test_calendars_are_told_of_a_move_and_a_calling_off(as_, house):
    meeting, client = called(house), as_("dev")
    first = client.get(of(meeting, "meeting.ics"))
    change_meeting(
        meeting=meeting, plan=plan(starts_at=in_a_week() + timedelta(hours=2)), seen=1, by=house.mo
    )
    moved = client.get(of(meeting, "meeting.ics"))
    call_off_meeting(meeting=meeting, by=house.mo)
    off = client.get(of(meeting, "meeting.ics"))

    files = (first, moved, off)
    assert [re.findall(r"SEQUENCE:(\d)", file.text) for file in files] == [["0"], ["1"], ["2"]]
    assert len({re.findall(r"UID:(\S+)", file.text)[0] for file in files}) == 1
    assert both_read(off)[3] == "CANCELLED"


def test_the_files_of_two_members_name_the_meeting_differently(as_, house):
    meeting = called(house)

    uids = {re.findall(r"UID:(\S+)", as_(name).get(of(meeting, "meeting.ics")).text)[0] for name in ("dev", "elu")}  # fmt: skip

    assert len(uids) == 2
