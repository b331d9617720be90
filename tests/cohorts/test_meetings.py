"""Meetings of a cohort: called, changed and called off by who facilitates, read in each one's own time zone."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions import (
    HasBegun,
    call_meetings,
    call_off_meeting,
    change_meeting,
    leave_cohort,
)
from cohorts.models import Meeting
from cohorts.permissions import (
    can_change_meeting,
    can_see_meeting,
    meetings_changeable_by,
    meetings_visible_to,
)
from core import doors
from core.audit import pseudonym
from core.models import AuditEvent
from notices.models import Notice
from tests.caucuses.meetings.story import fall_change, spring_change
from tests.cohorts.meeting import (
    CHICAGO,
    HERE,
    LINK,
    PLACE,
    called,
    held,
    in_a_week,
    of,
    plan,
    typed,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NEW = f"{HERE}new/"


def next_week():
    return timezone.localdate() + timedelta(days=7)


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def lines(client):
    """The words of one's notices of meetings, newest first."""
    page = client.get("/account/notices/").text
    return re.findall(r"(?:A meeting|The meeting|Meetings) of Larch[^<]*", page)


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


def _spring():
    return Meeting.objects.get(title="Grades and pencils").cohort


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


def test_a_meeting_that_is_past_is_noted_when_its_caller_says_so_and_nobody_is_told(as_, house):
    yesterday = timezone.localdate() - timedelta(days=2)
    client = as_("mo")

    asked = client.post(NEW, typed(yesterday))
    before = Meeting.objects.filter(cohort=house.larch).count()
    client.post(NEW, typed(yesterday, is_past="on"))

    assert "This moment has passed" in asked.text
    assert before == 0
    assert Meeting.objects.get(cohort=house.larch).is_over
    assert Notice.objects.filter(kind="cohorts.meeting").count() == 0


def test_a_double_click_calls_one_meeting_and_tells_once(as_, house):
    """H9."""
    words, client = typed(next_week()), as_("mo")

    answers = [client.post(NEW, words) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Meeting.objects.filter(cohort=house.larch).count() == 1
    assert Notice.objects.filter(kind="cohorts.meeting").count() == 3


def test_a_change_in_a_forgotten_tab_shows_both_and_overwrites_nothing(as_, house):
    """H9."""
    meeting, client = called(house), as_("mo")
    url, day = of(meeting, "edit/"), next_week()
    client.post(url, typed(day, revision="1", place="The kitchen"))

    stale = as_("ana").post(url, typed(day, revision="1", place="The roof"))

    assert stale.status_code == 409
    assert "The kitchen" in stale.text
    assert "The roof" in stale.text
    meeting.refresh_from_db()
    assert meeting.place == "The kitchen"
    revision = re.search(r'name="revision" value="(\d+)"', stale.text)[1]
    as_("ana").post(url, typed(day, revision=revision, place="The roof"))
    meeting.refresh_from_db()
    assert (meeting.place, meeting.revision) == ("The roof", 3)


def test_the_form_as_it_stands_changes_nothing(as_, house):
    meeting, client = called(house), as_("mo")
    page = client.get(of(meeting, "edit/")).text
    fields = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("day", "begins", "ends")}  # fmt: skip

    client.post(of(meeting, "edit/"), typed(revision="1", **fields))

    meeting.refresh_from_db()
    assert meeting.revision == 1


def test_what_has_begun_keeps_its_time_and_is_not_called_off(as_, house):
    meeting = held(house, ago=timedelta(minutes=10))
    client = as_("mo")
    begins, ends = (f"{at:%H:%M}" for at in meeting.local)
    same = typed(meeting.local[0].date(), begins, ends, revision="1", place="The roof")

    moved = client.post(of(meeting, "edit/"), typed(next_week(), revision="1"))
    client.post(of(meeting, "edit/"), same)
    client.post(of(meeting, "call-off/"), {"once": uuid4()})

    assert "The meeting has begun, so its time stays" in moved.text
    meeting.refresh_from_db()
    assert (meeting.place, meeting.called_off_at) == ("The roof", None)
    with pytest.raises(HasBegun):
        call_off_meeting(meeting=meeting, by=house.mo)


def test_calling_off_asks_first_and_what_is_called_off_changes_no_more(as_, house):
    meeting, client = called(house), as_("mo")
    url = of(meeting, "call-off/")

    asked = client.get(url)
    still = Meeting.objects.get(pk=meeting.pk).called_off_at
    client.post(url, {"once": uuid4()})
    late = client.post(of(meeting, "edit/"), typed(next_week(), revision="2", place="The roof"))

    assert "Call this meeting off?" in asked.text
    assert still is None
    assert "This meeting was called off" in as_("dev").get(of(meeting)).text
    assert late.status_code == 409
    assert "The roof" in late.text
    assert client.get(url)["Location"] == of(meeting)


def test_a_hostile_agenda_is_shown_and_not_run(as_, house):
    """G2."""
    meeting = called(house, agenda="<script>alert(1)</script> [x](javascript:alert(1))")

    page = as_("dev").get(of(meeting)).text

    assert "<script>alert" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_an_agenda_that_an_older_cleaner_let_through_is_cleaned_again_within_the_hour(house):
    meeting = called(house)
    Meeting.objects.filter(pk=meeting.pk).update(cleaner_version=0, agenda_html="<script>x</script>")  # fmt: skip

    for offer in doors.offers("hourly"):
        offer(now=timezone.now())

    meeting.refresh_from_db()
    assert meeting.agenda_html.count("<strong>pencil</strong>") == 1
    assert "script" not in meeting.agenda_html


def test_a_meeting_is_asked_for_by_its_own_cohort_only(as_, house):
    """A2."""
    meeting = called(house)

    assert as_("mo").get(f"/cohorts/spring/meetings/{meeting.pk}/").status_code == 404
    assert as_("mo").get(f"/cohorts/spring/meetings/new/?like={meeting.pk}").status_code == 404
    assert as_("mo").get(f"{NEW}?like=nonsense").status_code == 404
    assert "The reading room" in as_("mo").get(f"{NEW}?like={meeting.pk}").text


@pytest.mark.parametrize("name", ["fay", "rui", "gus", "ben"])
def test_to_others_every_address_is_unused(as_, house, name):
    """A8."""
    meeting = called(house)

    for rest in ("", "edit/", "call-off/", "meeting.ics"):
        assert as_(name).get(of(meeting, rest)).status_code == 404
    assert as_(name).get(HERE).status_code == 404


def test_lists_take_as_many_queries_for_four_meetings_as_for_one(as_, house):
    client = as_("dev")
    called(house)
    held(house)
    one = {page: queries(client, page) for page in (HERE, "/cohorts/larch/", "/today/")}

    for number in range(3):
        called(house, starts_at=in_a_week() + timedelta(days=number))
        held(house, ago=timedelta(days=number + 1))

    assert {page: queries(client, page) for page in one} == one
    assert one == {HERE: 13, "/cohorts/larch/": 14, "/today/": 14}


def test_older_and_later_meetings_are_on_pages_of_their_own(as_, house):
    for number in range(21):
        called(house, starts_at=in_a_week() + timedelta(days=number), title=f"Next {number:02}.")
        held(house, ago=timedelta(days=number + 1), title=f"Last {number:02}.")
    client = as_("dev")

    first, later, older = (client.get(HERE + rest).text for rest in ("", "?page=2", "?past=2"))

    assert "Next 00." in first
    assert "Next 20." not in first
    assert "Next 20." in later
    assert "Last 00." in first
    assert "Last 20." not in first
    assert "Last 20." in older


def test_the_rules_on_an_object_and_on_a_query_agree_for_everybody(house, cast):
    """Convention 1: one rule in two forms."""
    called(house)
    held(house)
    call_off_meeting(meeting=called(house, by="ana"), by=house.ana)

    for rule, rows in (
        (can_see_meeting, meetings_visible_to),
        (can_change_meeting, meetings_changeable_by),
    ):
        for member in cast.values():
            one_by_one = {row.pk for row in Meeting.objects.all() if rule(member, row)}
            assert one_by_one == set(rows(member).values_list("pk", flat=True)), (member, rule)
    assert meetings_changeable_by(house.mo).filter(cohort=house.larch).count() == 2


def test_the_database_keeps_no_meeting_that_ends_before_it_begins_or_leads_elsewhere(house):
    meeting = called(house)

    for wrong in ({"ends_at": meeting.starts_at}, {"link": "javascript:alert(1)"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**wrong)


def test_the_zone_of_the_last_meeting_is_offered_for_the_next(as_, house):
    before = as_("mo").get(NEW).text
    called(house)

    assert f'<option value="{CHICAGO}" selected' in as_("mo").get(NEW).text
    assert '<option value="UTC" selected' in before


def test_the_demonstration_has_a_meeting_that_was_and_one_that_comes(as_, cast):
    page = as_("dev").get("/cohorts/spring/meetings/").text

    assert page.index("Forms that we can change") < page.index("Grades and pencils")
    assert "Forms that we can change" in as_("dev").get("/today/").text
