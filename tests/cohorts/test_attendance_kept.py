"""How long attendance is kept, what one's own copy holds of it, and that nobody adds it up."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions import (
    Noted,
    call_off_meeting,
    change_meeting,
    join_cohort,
    leave_cohort,
    note_attendance,
    say_attendance,
)
from cohorts.choices import Presence
from cohorts.meeting_holdings import prune_attendance
from cohorts.models import Attendance, Cohort, Meeting
from cohorts.permissions import (
    attendances_visible_to,
    can_note_attendance,
    can_see_attendance,
    can_speak_of_meeting,
    meetings_noted_by,
    meetings_spoken_of_by,
)
from core import doors
from core.register import holdings
from tests.cohorts.house import new_member
from tests.cohorts.meeting import HERE, called, held, of, plan

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
THERE, NOT_THERE, EXCUSED = Presence.THERE, Presence.NOT_THERE, Presence.EXCUSED


def note(house, meeting, name, state, by="mo", seen=""):
    noted = {house.people[name].pk: Noted(state, seen)}
    return note_attendance(meeting=meeting, noted=noted, by=house.people[by])


def say(house, meeting, name, state):
    return say_attendance(meeting=meeting, state=state, by=house.people[name])


def stands(meeting, member):
    row = meeting.attendances.filter(member=member).first()
    return (row.state, row.noted_by, row.noted_before) if row else None


def form_of(client, meeting):
    """The fields of the facilitator's form, as they stand."""
    page = client.get(of(meeting)).text
    seen = dict(re.findall(r'name="(seen-[\w-]+)"(?: value="(\w*)")?', page))
    chosen = {name.replace("seen", "state"): value for name, value in seen.items()}
    return seen | chosen


def test_who_came_into_the_cohort_later_is_not_asked(as_, house):
    meeting = held(house)
    join_cohort(cohort=house.larch, member=house.ben, by=None)

    assert "Were you there?" not in as_("ben").get(of(meeting)).text
    assert "Were you there?" in as_("dev").get(of(meeting)).text
    assert f"state-{house.ben.pk}" not in as_("mo").get(of(meeting)).text
    assert note(house, meeting, "ben", THERE) == set()
    assert stands(meeting, house.ben) is None


def test_attendance_goes_with_leaving_the_cohort(house):
    meeting = held(house)
    note(house, meeting, "dev", THERE)
    note(house, meeting, "elu", THERE)

    leave_cohort(cohort=house.larch, member=house.dev, by=house.dev)

    assert [row.member for row in meeting.attendances.all()] == [house.elu]


def test_attendance_goes_thirty_days_after_the_cohort_ended(house):
    meeting, today = held(house), timezone.now().date()
    note(house, meeting, "dev", THERE)
    gone = {}

    for days in (30, 31):
        Cohort.objects.filter(pk=house.larch.pk).update(ends_on=today - timedelta(days=days))
        gone[days] = prune_attendance()

    assert gone == {30: 0, 31: 1}
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_ones_copy_holds_ones_own_attendance_and_nobody_elses(house):
    meeting = held(house)
    note(house, meeting, "dev", NOT_THERE)
    note(house, meeting, "elu", THERE)
    say(house, meeting, "dev", EXCUSED)
    holding = next(one for one in holdings() if one.name == "cohort_meetings")

    mine, callers = holding.export(house.dev), holding.export(house.mo)

    own = [row for row in mine["attendance"] if row["cohort"] == "Larch"]
    assert [(row["state"], row["noted_before"], row["said_by_yourself"]) for row in own] == [
        ("excused", "not_there", True)
    ]
    assert mine["meetings_called"] == []
    assert [row["title"] for row in callers["meetings_called"] if row["cohort"] == "Larch"] == [
        "Second meeting"
    ]


def test_ones_copy_holds_the_words_of_a_meeting_until_others_change_them(house):
    """Mo words it anew himself, then somebody else does; to call it off changes no word."""
    meeting = called(house)
    holding = next(one for one in holdings() if one.name == "cohort_meetings")

    def worded(agenda):
        return plan(starts_at=meeting.starts_at, agenda=agenda)

    def in_mos_copy():
        rows = holding.export(house.mo)["meetings_called"]
        (row,) = [one for one in rows if one["cohort"] == "Larch"]
        return row["changed_by_others"], row["title"], row["agenda"]

    change_meeting(meeting=meeting, plan=worded("Mo's own words."), seen=1, by=house.mo)
    own = in_mos_copy()
    change_meeting(meeting=meeting, plan=worded("Ana's words."), seen=2, by=house.people["ana"])
    call_off_meeting(meeting=meeting, by=house.mo)

    assert own == (False, "Second meeting", "Mo's own words.")
    assert in_mos_copy() == (True, "", "")


def test_erasing_takes_ones_attendance_and_leaves_the_meetings_to_the_cohort(house):
    meeting = held(house)
    note(house, meeting, "dev", THERE)
    say(house, meeting, "elu", THERE)
    holding = next(one for one in holdings() if one.name == "cohort_meetings")

    for name in ("elu", "mo"):
        for _twice in range(2):
            for step in holding.erase(house.people[name]):
                step()

    meeting.refresh_from_db()
    assert meeting.made_by is None
    assert stands(meeting, house.elu) is None
    assert stands(meeting, house.dev) == (THERE, None, "")


def test_what_others_see_names_it_once_with_how_many_meetings(as_, house):
    for ago in (3, 30):
        note(house, held(house, ago=timedelta(hours=ago)), "dev", THERE)

    page = as_("dev").get("/account/visible/").text

    said = "Whether you were at meetings of your cohorts, as you said or a facilitator noted"
    assert f'{said} <span class="meta">(3)</span>' in page
    assert said not in as_("fay").get("/account/visible/").text


def test_the_page_takes_as_many_queries_for_six_people_as_for_three(as_, house):
    meeting, client = held(house), as_("mo")

    def queries():
        client.get(of(meeting))
        with CaptureQueriesContext(connection) as captured:
            client.get(of(meeting))
        return len(captured)

    note(house, meeting, "dev", THERE)
    three = queries()
    for name in ("ada", "bo", "cy"):
        join_cohort(cohort=house.larch, member=new_member(name), by=None)
    house.larch.memberships.update(joined_at=meeting.starts_at - timedelta(days=1))
    for name in ("elu", "hana"):
        note(house, meeting, name, NOT_THERE)

    assert len(form_of(client, meeting)) == 12
    assert queries() == three == 13


def test_the_rules_on_an_object_and_on_a_query_agree_for_everybody(house, cast):
    """Convention 1: one rule in two forms."""
    meeting, off = held(house), called(house)
    called(house)
    note(house, meeting, "dev", THERE)
    say(house, meeting, "elu", EXCUSED)
    call_off_meeting(meeting=off, by=house.mo)
    join_cohort(cohort=house.larch, member=house.ben, by=None)

    for rule, rows, model in (
        (can_see_attendance, attendances_visible_to, Attendance),
        (can_note_attendance, meetings_noted_by, Meeting),
        (can_speak_of_meeting, meetings_spoken_of_by, Meeting),
    ):
        for member in cast.values():
            one_by_one = {row.pk for row in model.objects.all() if rule(member, row)}
            assert one_by_one == set(rows(member).values_list("pk", flat=True)), (member, rule)
    assert attendances_visible_to(house.ana).count() == 0
    assert attendances_visible_to(house.mo).filter(meeting=meeting).count() == 2


def test_the_database_lets_nobody_be_excused_by_somebody_else(house):
    meeting = held(house)
    note(house, meeting, "dev", THERE)

    with pytest.raises(IntegrityError), transaction.atomic():
        meeting.attendances.update(state=EXCUSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, member=house.dev, state=THERE)


def test_no_page_and_no_file_adds_attendance_up(as_, house):
    """It is no score: neither a number of meetings nor a share of them stands anywhere."""
    for hours in (3, 30, 60):
        note(house, held(house, ago=timedelta(hours=hours)), "dev", THERE)

    for name, page in (("mo", HERE), ("mo", "/cohorts/larch/"), ("dev", HERE)):
        text = as_(name).get(page).text
        assert re.findall(r"\d+ (?:of|out of) \d+|\d+ ?%", text[text.index("<main") :]) == []
    assert "you were there" not in as_("mo").get(HERE).text


def test_a_cohort_that_begins_anew_meets_in_the_same_rhythm(house):
    Cohort.objects.filter(pk=house.larch.pk).update(starts_on=date(2026, 3, 1))
    house.larch.refresh_from_db()
    meeting = called(house, title="Maps", place="Kitchen", agenda="Names of people")
    off = called(house, title="Off")
    call_off_meeting(meeting=off, by=house.mo)
    year = timezone.localdate().year + 2
    new = Cohort.objects.create(slug="birch", name="Birch", starts_on=date(year, 1, 10))

    doors.ask("cohort_cloned", old=house.larch, new=new)

    copy = new.meetings.get()
    begins, _ends = copy.local
    assert begins.date() - new.starts_on == meeting.local[0].date() - house.larch.starts_on
    assert begins.time() == meeting.local[0].time()
    assert copy.ends_at - copy.starts_at == meeting.ends_at - meeting.starts_at
    assert (copy.title, copy.place, copy.link, copy.made_by) == ("Maps", "", "", None)
    assert "Names of people" not in copy.agenda
    assert copy.agenda.startswith("# Arrival")
    assert copy.attendances.count() == 0
