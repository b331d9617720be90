"""Lists that stay quick, past meetings by pages, damaged words, and meetings that go."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from caucuses.actions.leaving import leave_caucus
from caucuses.meetings.actions import call_off_meeting, delete_stale, save_notes
from caucuses.meetings.models import Meeting, Notes
from caucuses.meetings.permissions import (
    can_see_link,
    can_see_meeting,
    links_visible_to,
    meetings_visible_to,
)
from caucuses.models import Seat
from core import doors
from core.crypto import owners
from tests.caucuses.meetings.story import PLACE, a_meeting, held, here, in_a_week, of
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats(cast):
    """Dev opened the room long ago; Elu is in it."""
    seats = a_room(cast["dev"], cast["elu"])
    Seat.objects.update(since=timezone.now() - timedelta(days=400))
    return [Seat.objects.select_related("caucus").get(pk=seat.pk) for seat in seats]


def queries(client, address, django_assert_num_queries):
    client.get(address)
    owners.forget()
    with django_assert_num_queries(QUERIES[address.rsplit("/", 2)[1]], using="default"):
        return client.get(address)


QUERIES = {"meetings": 9}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_stands_on_it(as_, seats, count, django_assert_num_queries):
    for number in range(count):
        a_meeting(seats[0], starts_at=in_a_week() + timedelta(days=number))
        meeting = held(seats[0], ago=timedelta(days=3 + number))
        save_notes(seat=seats[0], meeting=meeting, text="Said", seen=0)

    answer = queries(as_("elu"), here(seats[0]), django_assert_num_queries)

    assert len(answer.context["coming"].meetings) == count
    assert len(answer.context["past"].meetings) == count


def test_past_meetings_stand_on_pages_that_name_the_last_one(as_, seats):
    rows = [held(seats[0], ago=timedelta(days=number)) for number in range(1, 42)]
    client = as_("elu")

    first = client.get(here(seats[0]))
    second = client.get(here(seats[0], f"?before={rows[19].pk}"))
    third = client.get(here(seats[0], f"?before={rows[39].pk}"))

    shown = [row for page in (first, second, third) for row in page.context["past"].meetings]
    assert shown == rows
    assert "Earlier ones" in second.text
    assert "Earlier ones" not in third.text
    assert client.get(here(seats[0], "?before=nothing")).status_code == 404


def test_a_meeting_that_goes_on_stands_among_those_to_come(as_, seats):
    meeting = held(seats[0], ago=timedelta(minutes=30))

    context = as_("elu").get(here(seats[0])).context

    assert [row.meeting for row in context["coming"].meetings] == [meeting]
    assert context["past"].meetings == []


def test_a_damaged_place_leaves_the_list_and_the_page_standing(as_, seats):
    damaged, whole = (
        a_meeting(seats[0], starts_at=in_a_week() + timedelta(days=number), place=place)
        for number, place in enumerate(("Behind the shed", PLACE))
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET place = agenda WHERE id = %s", [_id(damaged)])

    for address in (here(seats[0]), of(damaged), of(damaged, "edit/"), f"/caucuses/{seats[0].caucus_id}/"):  # fmt: skip
        answer = as_("dev").get(address)
        assert answer.status_code == 200
        assert "Behind the shed" not in answer.text
    page = as_("elu").get(here(seats[0])).text
    assert "cannot be opened" in page
    assert PLACE in page
    assert whole.place == PLACE


def test_damaged_notes_and_agenda_leave_the_page_standing(as_, seats):
    meeting = a_meeting(seats[0])
    save_notes(seat=seats[0], meeting=meeting, text="Said", seen=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET agenda_html = place, agenda = place")
        cursor.execute("UPDATE meetings_notes SET html = text")

    page = as_("elu").get(of(meeting))
    written = as_("elu").post(of(meeting, "notes/"), {"text": "Said again", "seen": "1"})

    assert page.text.count("This cannot be opened") == 2
    assert written.status_code == 302
    assert "Said again" in as_("elu").get(of(meeting)).text


def _id(meeting):
    return meeting.pk.hex if connection.vendor == "sqlite" else str(meeting.pk)


def test_what_was_called_off_goes_when_its_time_has_passed_but_for_what_has_notes(as_, seats):
    bare, noted = (a_meeting(seats[0]) for _ in range(2))
    save_notes(seat=seats[1], meeting=noted, text="What we wanted to ask", seen=0)
    for meeting in (bare, noted):
        call_off_meeting(seat=seats[0], meeting=meeting)
        assert as_("elu").get(of(meeting)).status_code == 200
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=1))

    assert as_("elu").get(of(bare)).status_code == 404
    assert as_("elu").get(of(noted)).status_code == 200
    assert delete_stale() == 1
    assert [row.pk for row in Meeting.objects.all()] == [noted.pk]


def test_what_is_older_than_the_room_keeps_it_goes_with_its_notes(cast, seats):
    old, young = held(seats[0], ago=timedelta(days=91)), held(seats[0], ago=timedelta(days=89))
    elsewhere = held(a_room(cast["dev"])[0], ago=timedelta(days=91))
    for meeting in (old, young):
        save_notes(seat=seats[0], meeting=meeting, text="Said", seen=0)
    before = timezone.now() - timedelta(days=90)

    for _ in range(2):
        doors.ask("caucus_expired", caucus=seats[0].caucus, before=before)

    assert set(Meeting.objects.all()) == {young, elsewhere}
    assert [notes.meeting_id for notes in Notes.objects.all()] == [young.pk]


def test_who_leaves_takes_no_meeting_along(as_, seats):
    meeting = a_meeting(seats[0])
    save_notes(seat=seats[0], meeting=meeting, text="Dev wrote this", seen=0)

    leave_caucus(seat=seats[0], with_posts=True)

    assert Meeting.objects.get().seat is None
    assert "Dev wrote this" in as_("elu").get(of(meeting)).text
    assert as_("dev").get(of(meeting)).status_code == 404


def test_both_forms_of_the_rules_agree(cast, seats):
    newcomer = join(seats[0], cast["hana"])
    stranger = a_room(cast["mo"])[0]
    meetings = [a_meeting(seats[0]), held(seats[0], ago=timedelta(days=2))]
    off = a_meeting(seats[0])
    call_off_meeting(seat=seats[0], meeting=off)
    Meeting.objects.filter(pk=off.pk).update(starts_at=timezone.now() - timedelta(days=1))
    everything = [*meetings, Meeting.objects.get(pk=off.pk)]

    for seat in (*seats, newcomer, stranger):
        seen = set(meetings_visible_to(seat))
        assert seen == {row for row in everything if can_see_meeting(seat, row)}
        assert list(links_visible_to(seat)) == [
            link for link in links_visible_to(seat) if can_see_link(seat, link)
        ]
    assert len(meetings_visible_to(newcomer)) == 1
