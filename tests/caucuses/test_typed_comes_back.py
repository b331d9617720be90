"""What was typed in a room's conversations, meetings, notes and reports comes back, with a true sentence and a way on."""

from uuid import uuid4

import pytest

from caucuses.actions import remove_seat, step_back
from caucuses.actions.holding import AgreementChanged
from caucuses.actions.leaving import leave_caucus
from caucuses.bringback.actions import holding as note_holding
from caucuses.concerns.actions import reporting
from caucuses.meetings.actions import notes as meeting_notes
from caucuses.threads.actions import begin_thread, posting
from tests.caucuses.bringback.story import begun
from tests.caucuses.meetings.story import a_meeting
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db
TYPED = "My long words"
ACTS = {
    "note": note_holding,
    "meeting": meeting_notes,
    "report": reporting,
    "reply": posting,
}


@pytest.fixture
def room(cast):
    """Dev facilitates; Elu has begun a note and a conversation; a meeting is called."""
    dev, elu = a_room(cast["dev"], cast["elu"])
    note, meeting = begun(elu, cast["elu"]), a_meeting(dev)
    post = begin_thread(seat=elu, title="T", text="Of Elu.")
    return dev, elu, note, meeting, post


def typed(client, room, which):
    """Elu sends the form."""
    dev, _elu, note, meeting, post = room
    tail, data = {
        "note": (f"notes/{note.pk}/edit/", {"text": TYPED, "revision": "1"}),
        "meeting": (f"meetings/{meeting.pk}/notes/", {"text": TYPED, "seen": "0"}),
        "report": (f"reports/person/{dev.pk}/", {"words": TYPED}),
        "reply": (f"threads/{post.thread_id}/reply/", {"text": TYPED, "turn": "1", "seen": "0"}),
    }[which]
    return client.post(f"/caucuses/{dev.caucus_id}/{tail}", {**data, "once": str(uuid4())})


def main_of(answer):
    return answer.text.split("<main")[1]


@pytest.fixture
def two_facilitate(room, cast):
    """Dev may be reported: Fay facilitates, too."""
    from tests.caucuses.concerns.hands import facilitating
    from tests.caucuses.story import join

    return facilitating(join(room[0], cast["fay"]))


@pytest.mark.parametrize("which", ACTS)
def test_the_agreement_changes_meanwhile(as_, room, two_facilitate, monkeypatch, which):
    def changed(_seat, **_given):
        raise AgreementChanged

    monkeypatch.setattr(ACTS[which], "hold_caucus", changed)
    shown = main_of(typed(as_("elu"), room, which))
    assert TYPED in shown
    assert "/agreement/" in shown


@pytest.mark.parametrize("which", ACTS)
def test_somebody_is_removed_meanwhile(as_, room, two_facilitate, monkeypatch, which):
    real = ACTS[which].hold_caucus

    def removed(seat, **given):
        monkeypatch.setattr(ACTS[which], "hold_caucus", real)
        remove_seat(seat=room[0], other=room[1], reason="A reason.")
        return real(seat, **given)

    monkeypatch.setattr(ACTS[which], "hold_caucus", removed)
    shown = typed(as_("elu"), room, which).text
    assert TYPED in shown
    if "/caucuses/parted/" not in shown:  # the removal was rolled back with the act, as on SQLite
        assert "Nothing was saved or sent." in shown


@pytest.mark.parametrize("gone", ["person", "post"])
def test_whom_or_what_a_report_is_about_goes_meanwhile(as_, room, gone):
    dev, elu, _note, _meeting, post = room
    tail = {"person": f"person/{elu.pk}", "post": f"post/{post.pk}"}[gone]
    client = as_("dev")
    if gone == "person":
        leave_caucus(seat=elu, with_posts=False)
    else:
        post.delete()

    answer = client.post(
        f"/caucuses/{dev.caucus_id}/reports/{tail}/", {"words": TYPED, "once": str(uuid4())}
    )

    shown = main_of(answer)
    assert answer.status_code == 404
    assert TYPED in shown
    assert "Report to somebody outside this room" in shown


def test_a_facilitator_steps_back_while_they_hide_a_post(as_, room, two_facilitate):
    dev, _elu, _note, _meeting, post = room
    step_back(seat=dev)

    answer = as_("dev").post(
        f"/caucuses/{dev.caucus_id}/threads/{post.thread_id}/posts/{post.pk}/hide/",
        {"reason": TYPED, "once": str(uuid4())},
    )

    shown = main_of(answer)
    assert answer.status_code == 403
    assert TYPED in shown
    assert "Facilitators of the room hide posts of others." in shown
    assert "Back to the room" in shown
