"""Meetings of a cohort, changed and called off; who may know of them, in both forms of the rules, and what lists cost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions import (
    HasBegun,
    call_off_meeting,
)
from cohorts.models import Meeting
from cohorts.permissions import (
    can_change_meeting,
    can_see_meeting,
    meetings_changeable_by,
    meetings_visible_to,
)
from core import doors
from notices.models import Notice
from tests.cohorts.meeting import (
    CHICAGO,
    HERE,
    called,
    held,
    in_a_week,
    of,
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
    assert one == {HERE: 13, "/cohorts/larch/": 15, "/today/": 14}


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
