"""Notes belong to the room: any member writes, two at once lose nothing, nobody signs."""

from datetime import timedelta

import pytest

from caucuses.meetings.actions import save_notes
from caucuses.meetings.models import Notes
from tests.caucuses.meetings.story import a_meeting, held, of
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    return a_room(cast["fay"], cast["ines"], cast["hana"])


@pytest.fixture
def meeting(room):
    return a_meeting(room[0])


def test_every_member_writes_and_nobody_signs(as_, room, meeting):
    as_("ines").post(of(meeting, "notes/"), {"text": "We **paused**.", "seen": "0"})
    as_("hana").post(of(meeting, "notes/"), {"text": "We **paused** twice.", "seen": "1"})

    page = as_("fay").get(of(meeting)).text
    assert "We <strong>paused</strong> twice." in page
    assert "Inés" not in page
    assert "Ines" not in page
    assert "Hana" not in page
    assert {field.name for field in Notes._meta.get_fields()} & {
        "seat",
        "by",
        "changed_by",
    } == set()


def test_two_who_write_at_once_read_both_texts(as_, meeting):
    as_("ines").post(of(meeting, "notes/"), {"text": "What Inés wrote", "seen": "0"})

    answer = as_("hana").post(of(meeting, "notes/"), {"text": "What Hana wrote", "seen": "0"})

    assert answer.status_code == 409
    assert "What Inés wrote" in answer.text
    assert "What Hana wrote" in answer.text
    assert Notes.objects.get().text == "What Inés wrote"
    seen = answer.context["form"]["seen"].value()
    assert (
        as_("hana").post(of(meeting, "notes/"), {"text": "Both", "seen": seen}).status_code == 302
    )
    assert Notes.objects.get().text == "Both"


def test_the_same_text_twice_is_one_change(as_, meeting):
    for _ in range(2):
        answer = as_("ines").post(of(meeting, "notes/"), {"text": "Once", "seen": "0"})
        assert answer.status_code == 302
    assert Notes.objects.get().revision == 1


@pytest.mark.parametrize("data", [{"seen": "x"}, {"seen": "-1"}, {"seen": "9" * 30}])
def test_a_broken_number_keeps_the_text(as_, meeting, data):
    answer = as_("ines").post(of(meeting, "notes/"), {"text": "All my words", **data})

    assert answer.status_code == 200
    assert "All my words" in answer.text
    assert Notes.objects.count() == 0


def test_what_is_too_long_stays_on_the_page(as_, meeting):
    answer = as_("ines").post(of(meeting, "notes/"), {"text": "é" * 10_001, "seen": "0"})

    assert "This has 10,001 characters; 10,000 fit." in answer.text
    assert "é" * 10_001 in answer.text


def test_script_in_notes_stays_words(as_, meeting):
    text = "<script>alert(1)</script> [x](javascript:alert(1)) # not a heading"
    as_("ines").post(of(meeting, "notes/"), {"text": text, "seen": "0"})

    page = as_("hana").get(of(meeting)).text
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_a_newcomer_reads_notes_of_meetings_held_after_they_came(as_, cast, room):
    before = held(room[0], ago=timedelta(days=1))
    save_notes(seat=was_there(room[0], before), meeting=before, text="Among us", seen=0)
    join(room[0], cast["elu"])
    after = a_meeting(room[0])
    save_notes(seat=room[0], meeting=after, text="For all of us", seen=0)

    assert as_("elu").get(of(before)).status_code == 404
    assert as_("elu").get(of(before, "notes/")).status_code == 404
    assert as_("elu").post(of(before, "notes/"), {"seen": "1"}).status_code == 404
    assert "For all of us" in as_("elu").get(of(after)).text


def was_there(seat, meeting):
    """The seat, as that of somebody who was there."""
    seat.since = meeting.called_at
    seat.save(update_fields=["since"])
    return seat
