"""Two members press at the same moment: nothing is lost, nothing is doubled, the other one is told."""

import pytest
from django.core.exceptions import PermissionDenied

from caucuses.actions.leaving import leave_caucus
from caucuses.meetings.actions import (
    IsClosed,
    MeetingConflict,
    NotesConflict,
    call_off_meeting,
    change_meeting,
    make_link,
    save_notes,
)
from caucuses.meetings.models import CalendarLink, Notes
from caucuses.models import Event, Seat
from tests.accountability.buddies.test_at_once import at_once
from tests.caucuses.meetings.story import a_meeting, plan
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(cast):
    """Fay and Inés facilitate."""
    room = a_room(cast["fay"], cast["ines"])
    Seat.objects.filter(caucus=room[0].caucus).update(is_facilitator=True)
    return room


def kinds(outcomes):
    return sorted(type(row).__name__ for row in outcomes)


def test_two_who_write_the_first_notes(room):
    meeting = a_meeting(room[0])

    outcomes = at_once(
        lambda: save_notes(seat=room[0], meeting=meeting, text="Of Fay", seen=0),
        lambda: save_notes(seat=room[1], meeting=meeting, text="Of Inés", seen=0),
    )

    assert kinds(outcomes) == ["Notes", "NotesConflict"]
    kept = next(row for row in outcomes if isinstance(row, NotesConflict)).stored
    assert Notes.objects.get(meeting=meeting).text == kept.text


def test_two_who_change_a_meeting(room):
    meeting = a_meeting(room[0])

    outcomes = at_once(
        *(
            lambda seat=seat, place=place: change_meeting(
                seat=seat, meeting=meeting, plan=plan(place=place), seen=1
            )
            for seat, place in zip(room, ("The kitchen", "The roof"), strict=True)
        )
    )

    assert kinds(outcomes) == ["Meeting", "MeetingConflict"]
    assert any(isinstance(row, MeetingConflict) for row in outcomes)


def test_one_changes_what_the_other_calls_off(room):
    meeting = a_meeting(room[0])

    outcomes = at_once(
        lambda: call_off_meeting(seat=room[0], meeting=meeting),
        lambda: change_meeting(seat=room[1], meeting=meeting, plan=plan(place="Roof"), seen=1),
    )

    meeting.refresh_from_db()
    assert meeting.cancelled_at is not None
    assert isinstance(outcomes[1], IsClosed) or meeting.place == "Roof"


def test_two_who_call_off(room):
    meeting = a_meeting(room[0])

    outcomes = at_once(
        *(lambda seat=seat: call_off_meeting(seat=seat, meeting=meeting) for seat in room)
    )

    assert kinds(outcomes) == ["IsClosed", "Meeting"]
    assert Event.objects.filter(caucus=room[0].caucus, what="called_off").count() == 1


def test_a_link_that_is_made_twice_and_one_that_is_made_while_its_member_leaves(room):
    made = at_once(*(lambda: make_link(seat=room[1], title="Appointment") for _ in range(2)))
    assert kinds(made) == ["str", "str"]
    assert CalendarLink.objects.filter(caucus=room[0].caucus).count() == 1

    leaving = at_once(
        lambda: leave_caucus(seat=room[1], with_posts=False),
        lambda: make_link(seat=room[1], title="Appointment"),
    )
    assert leaving[0] is None
    assert isinstance(leaving[1], str | PermissionDenied)
    assert CalendarLink.objects.filter(caucus=room[0].caucus).count() == 0
