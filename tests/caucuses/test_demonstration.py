"""What the demonstration says in its caucuses can be read by all who are in them, and outside stands what was released, alone."""

import pytest
from django.utils import timezone

from caucuses.bringback.choices import NoteState
from caucuses.bringback.models import Note, NoteStance, Released
from caucuses.meetings.models import Meeting, Notes
from caucuses.models import JoinRequest, Proposal, Seat
from caucuses.permissions import seats_of
from caucuses.threads.models import Post, Thread
from core.text import LONGEST_FROM_MEMBERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(cast):
    """The two, by name."""
    seats = [*seats_of(cast["hana"]), *seats_of(cast["ben"])]
    return {str(seat.caucus.name): seat.caucus for seat in seats}


def of(model, room):
    return model.objects.filter(caucus=room)


def test_each_room_has_its_conversations(rooms):
    assert set(rooms) == {"Roots", "Crossroads"}
    assert [of(Thread, rooms[name]).count() for name in ("Roots", "Crossroads")] == [3, 2]
    assert [of(Post, rooms[name]).count() for name in ("Roots", "Crossroads")] == [8, 5]


def test_everybody_was_there_before_the_first_word(rooms):
    """Otherwise protected history would keep it from them."""
    for room in rooms.values():
        last = max(of(Seat, room).values_list("since", flat=True))
        assert last < min(of(Post, room).values_list("written_at", flat=True))
        assert not any(seat.must_accept for seat in of(Seat, room).select_related("caucus"))


def test_every_word_is_one_that_a_member_could_have_typed(rooms):
    for room in rooms.values():
        for post in of(Post, room):
            assert 0 < len(post.text) < LONGEST_FROM_MEMBERS
            assert post.shown.startswith("<p>")
            assert not post.quoted or str(post.quoted) in str(post.quotes.text)


def test_roots_has_met_and_meets_again_and_holds_a_note(rooms):
    met, coming = of(Meeting, rooms["Roots"]).order_by("starts_at")
    note = of(Note, rooms["Roots"]).get()

    assert met.starts_at < timezone.now() < coming.starts_at
    assert of(Notes, rooms["Roots"]).get().meeting == met
    assert note.state == NoteState.INSIDE
    assert NoteStance.objects.filter(note=note, kind="hold").get().words.startswith("I agree with")


def test_crossroads_considers_a_change_and_is_asked_to_let_somebody_in(rooms):
    proposal = of(Proposal, rooms["Crossroads"]).get()

    assert proposal.changes == rooms["Crossroads"].agreement
    assert "also when we mean it kindly" in proposal.text
    assert proposal.decides_at > timezone.now()
    assert of(JoinRequest, rooms["Crossroads"]).get().name == "Erika"


def test_the_cohorts_page_has_the_text_the_day_and_a_reply(rooms):
    released = Released.objects.get()

    assert released.cohort.slug == "spring"
    assert str(of(Note, rooms["Crossroads"]).get().released) == str(released.pk)
    assert [reply.author.get_full_name() for reply in released.replies.all()] == ["Chioma Obi"]
