"""One hold stops a note until whoever holds it lifts that. No role goes over it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from caucuses.actions.leaving import leave_caucus
from caucuses.bringback.actions import (
    Held,
    Settled,
    StaleNote,
    agree,
    change_note,
    hold,
    lift_hold,
    release_due,
    take_agreement_back,
)
from caucuses.bringback.models import Note, NoteStance, Released
from caucuses.bringback.timing import morning_after
from tests.caucuses.bringback.story import begun, gone_out, inside, page

pytestmark = pytest.mark.django_db
LATER = timedelta(days=400)


def test_one_hold_stops_it_and_everybody_else_agreeing_does_not_lift_it(cast, dev, elu, fay):
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="Not before we have talked.")
    agree(seat=dev, note=note, seen_revision=1)
    agree(seat=fay, note=note, seen_revision=1)

    assert release_due(timezone.now() + LATER) == 0
    assert not Released.objects.exists()


def test_whoever_facilitates_cannot_send_it_out_over_a_hold(as_, cast, dev, elu):
    """Dev facilitates the room and began the note: nothing he can press lifts the hold of Elu."""
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="Not yet.")
    client = as_("dev")

    for name in ("note_lift", "note_agree", "note_take_back"):
        client.post(inside(name, note), {"revision": 1})
    client.post(inside("note_hold", note), {"words": "Mine."})
    client.post(inside("note_lift", note))
    change_note(seat=dev, note=note, text="Worded anew.", seen_revision=1)

    assert NoteStance.objects.get(kind="hold").seat == elu
    assert release_due(timezone.now() + LATER) == 0


def test_a_hold_is_seen_inside_with_its_words(as_, cast, dev, elu):
    note = begun(dev, cast["dev"])

    as_("elu").post(inside("note_hold", note), {"words": "Let us say *why*."})

    said = page(as_("dev"), inside("note_show", note))
    assert "<bdi>Elu</bdi> holds it" in said
    assert "Let us say *why*." in said
    assert "It is held, so it stays inside." in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("  ", "Say in a few words"), ("a" * 2_001, "This has 2,001 characters; 2,000 fit")],
)
def test_a_hold_says_why(as_, cast, dev, words, sentence):
    note = begun(dev, cast["dev"])

    said = as_("elu").post(inside("note_hold", note), {"words": words}).content.decode()

    assert sentence in said
    assert words in said
    assert not NoteStance.objects.exists()


def test_lifting_it_late_sends_nothing_out_before_a_full_day_has_passed(cast, dev, elu):
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="Not yet.")
    Note.objects.filter(pk=note.pk).update(due_at=timezone.now() - timedelta(days=3))

    lift_hold(seat=elu, note=note)

    assert release_due(timezone.now()) == 0
    due = Note.objects.get(pk=note.pk).due_at
    assert due == morning_after(timezone.now() + timedelta(days=1))
    assert release_due(due - timedelta(seconds=1)) == 0
    assert release_due(due) == 1


def test_who_holds_it_cannot_agree_before_lifting_that(as_, cast, dev, elu):
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="Not yet.")

    answer = as_("elu").post(inside("note_agree", note), {"revision": 1})

    assert answer.status_code == 409
    assert "Lift your hold first" in answer.content.decode()
    with pytest.raises(Held):
        agree(seat=elu, note=note, seen_revision=1)


def test_agreeing_with_a_text_that_was_changed_meanwhile_agrees_with_nothing(as_, cast, dev, elu):
    note = begun(dev, cast["dev"])
    change_note(seat=dev, note=note, text="Another text.", seen_revision=1)

    answer = as_("elu").post(inside("note_agree", note), {"revision": 1})

    assert answer.status_code == 409
    assert "you have not agreed yet" in answer.content.decode()
    assert not NoteStance.objects.exists()
    with pytest.raises(StaleNote):
        agree(seat=elu, note=note, seen_revision=1)


def test_agreeing_can_be_taken_back(as_, cast, dev, elu):
    note = begun(dev, cast["dev"])
    as_("elu").post(inside("note_agree", note), {"revision": 1})
    assert "Agreed with this text: <bdi>Elu</bdi>" in page(as_("dev"), inside("note_show", note))

    as_("elu").post(inside("note_agree", note), {"revision": 1, "act": "undo"})
    take_agreement_back(seat=elu, note=note)

    assert not NoteStance.objects.exists()


def test_a_hold_falls_with_its_seat_and_the_time_starts_anew(cast, dev, elu):
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="Not yet.")
    Note.objects.filter(pk=note.pk).update(due_at=timezone.now() - timedelta(days=3))

    leave_caucus(seat=elu, with_posts=False)

    assert not NoteStance.objects.exists()
    assert release_due(timezone.now()) == 0
    assert Note.objects.get().due_at == morning_after(timezone.now() + timedelta(days=7))


def test_who_holds_it_after_it_has_gone_out_is_told_and_keeps_their_words(as_, cast, dev):
    note = begun(dev, cast["dev"])
    gone_out(note)

    answer = as_("elu").post(inside("note_hold", note), {"words": "Wait, please."})

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "It has gone out, a moment before." in said
    assert "Wait, please." in said
    assert inside("note_take_back", note) in said


def test_who_has_left_holds_nothing(cast, dev, elu):
    note = begun(dev, cast["dev"])
    leave_caucus(seat=elu, with_posts=False)

    with pytest.raises(PermissionDenied):
        hold(seat=elu, note=note, words="Wait.")


def test_a_note_that_was_given_up_is_not_held(as_, cast, dev, elu):
    note = begun(dev, cast["dev"])
    as_("dev").post(inside("note_drop", note))

    with pytest.raises(Settled):
        hold(seat=elu, note=note, words="Wait.")
