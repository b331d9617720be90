"""Two press at the same moment: one takes effect, the other is told, and nothing is doubled (threats H9)."""

import pytest

from cohorts.actions import (
    IsCalledOff,
    MeetingConflict,
    Noted,
    call_off_meeting,
    change_meeting,
    join_cohort,
    note_attendance,
    say_attendance,
)
from cohorts.choices import Presence
from cohorts.models import Attendance, Meeting
from tests.accountability.buddies.test_at_once import at_once
from tests.cohorts.meeting import called, held, plan

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture
def both(house):
    """Mo and Ben facilitate."""
    join_cohort(cohort=house.larch, member=house.ben, by=None, as_facilitator=True)
    return house.mo, house.ben


def test_two_facilitators_change_one_meeting(house, both):
    meeting = called(house)

    outcomes = at_once(
        *(
            lambda who=who, place=place: change_meeting(
                meeting=meeting, plan=plan(place=place), seen=1, by=who
            )
            for who, place in zip(both, ("The kitchen", "The roof"), strict=True)
        )
    )

    assert sorted(type(row).__name__ for row in outcomes) == ["Meeting", "MeetingConflict"]
    refused = next(row for row in outcomes if isinstance(row, MeetingConflict))
    assert Meeting.objects.get(pk=meeting.pk).place == refused.stored.place


def test_one_changes_and_the_other_calls_off(house, both):
    meeting = called(house)

    outcomes = at_once(
        lambda: change_meeting(meeting=meeting, plan=plan(place="The roof"), seen=1, by=both[0]),
        lambda: call_off_meeting(meeting=meeting, by=both[1]),
    )

    assert isinstance(outcomes[0], Meeting | IsCalledOff)
    assert isinstance(outcomes[1], Meeting)
    assert Meeting.objects.get(pk=meeting.pk).called_off_at is not None


def test_two_facilitators_and_the_member_say_who_was_there(house, both):
    meeting, dev = held(house), house.dev
    states = (Presence.THERE, Presence.NOT_THERE)

    outcomes = at_once(
        *(
            lambda who=who, state=state: note_attendance(
                meeting=meeting, noted={dev.pk: Noted(state, "")}, by=who
            )
            for who, state in zip(both, states, strict=True)
        ),
        lambda: say_attendance(meeting=meeting, state=Presence.THERE, by=dev),
    )

    assert [row for row in outcomes if isinstance(row, Exception)] == []
    row = Attendance.objects.get(meeting=meeting)
    assert (row.state, row.noted_by) == (Presence.THERE, dev)
