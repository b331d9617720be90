"""A note is begun by somebody, belongs to all, and stands inside for its time after each change."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from caucuses.bringback.actions import (
    Settled,
    agree,
    change_note,
    drop_note,
    hold,
    release_due,
)
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released
from core.models import FormResult
from tests.caucuses.bringback.story import TEXT, begun, gone_out, inside, page, spring
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def write_address(seat):
    return reverse("bringback:note_write", args=[seat.caucus_id])


def test_dev_puts_a_note_before_the_others(as_, dev, elu):
    answer = as_("dev").post(write_address(dev), {"cohort": spring().pk, "text": TEXT})

    note = Note.objects.get()
    assert answer["Location"] == inside("note_show", note)
    assert (str(note.text), note.seat, note.worded_by) == (TEXT, dev, dev)
    said = page(as_("elu"), inside("note_show", note))
    assert "<strong>before</strong>" in said
    assert "<bdi>Dev</bdi>" in said
    assert not Released.objects.exists()


@pytest.mark.parametrize(
    ("begun_at", "days", "due"),
    [
        (datetime(2026, 12, 1, 5, 59, tzinfo=UTC), 7, datetime(2026, 12, 8, 6, tzinfo=UTC)),
        (datetime(2026, 12, 1, 6, 0, tzinfo=UTC), 7, datetime(2026, 12, 8, 6, tzinfo=UTC)),
        (datetime(2026, 12, 1, 6, 1, tzinfo=UTC), 7, datetime(2026, 12, 9, 6, tzinfo=UTC)),
        (datetime(2026, 12, 1, 23, 0, tzinfo=UTC), 1, datetime(2026, 12, 3, 6, tzinfo=UTC)),
    ],
)
def test_it_goes_out_in_the_morning_after_the_time_agreed_on(cast, begun_at, days, due):
    with time_machine.travel(begun_at, tick=False):
        (seat,) = a_room(cast["dev"], wait_days=days)

        note = begun(seat, cast["dev"])

    assert note.due_at == due
    assert note.goes_out_on == due.date()


def test_the_page_says_when_and_what_will_be_seen(as_, cast, dev):
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        note = begun(dev, cast["dev"])

        said = page(as_("elu"), inside("note_show", note))

    assert "It goes out to the cohort" in said
    assert '<time datetime="2026-12-09">' in said
    assert "there is a caucus with somebody of this cohort in it" in said


def test_a_preview_keeps_nothing(as_, dev):
    data = {"cohort": spring().pk, "text": TEXT, "act": "preview"}

    said = as_("dev").post(write_address(dev), data).content.decode()

    assert "What the whole group will see" in said
    assert "<strong>before</strong>" in said
    assert not Note.objects.exists()


def test_who_is_in_no_cohort_is_told_and_can_change_a_note(as_, cast, dev, fay):
    assert "You are in no cohort now" in page(as_("fay"), write_address(fay))
    note = begun(dev, cast["dev"])

    answer = as_("fay").post(
        inside("note_edit", note), {"text": "We ask for quiet.", "revision": 1}
    )

    assert answer.status_code == 302
    note.refresh_from_db()
    assert str(note.text) == "We ask for quiet."
    assert note.worded_by == fay


def test_nobody_writes_to_a_cohort_they_are_not_in(as_, dev, fay):
    answer = as_("fay").post(write_address(fay), {"cohort": spring().pk, "text": TEXT})

    assert answer.status_code == 200
    assert "You are not in that cohort now" in answer.content.decode()
    assert TEXT in answer.content.decode()
    assert not Note.objects.exists()


def test_every_change_keeps_the_earlier_wording_and_asks_anew(as_, cast, dev, elu):
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        note = begun(dev, cast["dev"])
        agree(seat=dev, note=note, seen_revision=1)
    with time_machine.travel(datetime(2026, 12, 4, 12, tzinfo=UTC), tick=False):
        change_note(seat=elu, note=note, text="Another text.", seen_revision=1)

    note.refresh_from_db()
    wording = NoteWording.objects.get()
    assert (str(wording.text), wording.seat) == (TEXT, dev)
    assert note.due_at == datetime(2026, 12, 12, 6, tzinfo=UTC)
    assert not NoteStance.objects.exists()
    assert "for ten minutes" in page(as_("fay"), inside("note_wordings", note))


def test_two_texts_stand_beside_each_other_after_a_stale_edit(as_, cast, dev, elu):
    """H9"""
    note = begun(dev, cast["dev"])
    change_note(seat=elu, note=note, text="Elu’s text.", seen_revision=1)

    answer = as_("dev").post(inside("note_edit", note), {"text": "Dev’s text.", "revision": 1})

    assert answer.status_code == 409
    assert "Elu’s text." in answer.content.decode()
    assert "Dev’s text." in answer.content.decode()
    note.refresh_from_db()
    assert str(note.text) == "Elu’s text."


def test_what_was_typed_into_a_note_that_has_gone_out_is_kept(as_, cast, dev):
    note = begun(dev, cast["dev"])
    gone_out(note)

    answer = as_("elu").post(inside("note_edit", note), {"text": "My better text.", "revision": 1})

    assert answer.status_code == 409
    assert "My better text." in answer.content.decode()
    assert "not inside any more" in answer.content.decode()


def test_what_was_typed_into_a_note_that_is_gone_is_kept(as_, cast, dev):
    note = begun(dev, cast["dev"])
    address = inside("note_edit", note)
    note.delete()

    answer = as_("elu").post(address, {"text": "My better text.", "revision": 1})

    assert answer.status_code == 404
    assert "My better text." in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write something first"),
        ("a" * 10_001, "This has 10,001 characters; 10,000 fit"),
        ("See /caucuses/{room}/", "Your text holds the address of this room"),
        ("See {room} in capitals", "Your text holds the address of this room"),
    ],
)
def test_a_text_that_cannot_be_taken_gets_a_sentence(as_, dev, text, sentence):
    text = text.format(room=str(dev.caucus_id).upper())

    answer = as_("dev").post(write_address(dev), {"cohort": spring().pk, "text": text})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert text in answer.content.decode()
    assert not Note.objects.exists()


def test_only_who_began_it_gives_it_up(as_, cast, dev, elu):
    note = begun(elu, cast["elu"])

    with pytest.raises(PermissionDenied):
        drop_note(seat=dev, note=note)
    assert as_("dev").get(inside("note_drop", note)).status_code == 403
    as_("elu").post(inside("note_drop", note))

    assert "It was given up." in page(as_("dev"), inside("note_show", note))
    with pytest.raises(Settled):
        change_note(seat=dev, note=note, text="After all.", seen_revision=1)


def test_a_newcomer_sees_nothing_of_what_was_over_when_they_came(as_, cast, dev):
    given_up, out = begun(dev, cast["dev"], "Given up."), begun(dev, cast["dev"], "Gone out.")
    drop_note(seat=dev, note=given_up)
    gone_out(out)
    join(dev, cast["ines"])
    after = begun(dev, cast["dev"], "After Ines.")

    said = page(as_("ines"), reverse("bringback:note_list", args=[dev.caucus_id]))

    found = [words in said for words in ("After Ines.", "Given up.", "Gone out.")]
    assert found == [True, False, False]
    assert as_("ines").get(inside("note_show", after)).status_code == 200
    for before in (given_up, out):
        for name in ("note_show", "note_edit", "note_hold", "note_wordings", "note_take_back"):
            assert as_("ines").get(inside(name, before)).status_code == 404


@pytest.mark.parametrize("act", ["hold", "agree", "edit"])
def test_a_newcomer_has_the_same_say_over_what_is_still_inside(as_, cast, dev, act):
    """It goes out in their name, too."""
    note = begun(dev, cast["dev"], "Before Ines.")
    newcomer, client = join(dev, cast["ines"]), as_("ines")
    typed = {"words": "Not in my name.", "text": "With Ines.", "revision": 1}

    said = page(client, reverse("bringback:note_list", args=[dev.caucus_id]))
    answer = client.post(inside(f"note_{act}", note), typed)

    assert "Before Ines." in said
    assert answer["Location"] == inside("note_show", note)
    note.refresh_from_db()
    if act == "edit":
        assert (str(note.text), note.worded_by) == ("With Ines.", newcomer)
    else:
        assert NoteStance.objects.get(seat=newcomer, kind=act).note == note
        assert release_due(note.due_at + timedelta(minutes=1)) == (0 if act == "hold" else 1)


def test_what_was_said_to_it_before_stays_with_those_who_were_there(as_, cast, dev, elu):
    """A newcomer reads what the note says now and that Elu holds it, not why, and no wording that was over."""
    note = begun(dev, cast["dev"], "The first words.")
    change_note(seat=elu, note=note, text="The second words.", seen_revision=1)
    hold(seat=elu, note=note, words="Because of last winter.")
    join(dev, cast["ines"])
    change_note(seat=dev, note=note, text="The third words.", seen_revision=2)
    pages = [inside(name, note) for name in ("note_show", "note_wordings")]

    shown, before = (page(as_("ines"), address) for address in pages)
    known = "".join(page(as_("elu"), address) for address in pages)

    assert "<bdi>Elu</bdi> holds it" in shown
    assert "It was written before you came, so it is not shown to you." in shown
    assert "The second words." in before
    for words in ("Because of last winter.", "The first words."):
        assert words not in shown + before
        assert words in known


def test_a_note_of_another_room_is_not_found(as_, cast, dev):
    (other,) = a_room(cast["hana"])
    note = begun(other, cast["hana"])

    address = reverse("bringback:note_show", args=[dev.caucus_id, note.pk])

    assert as_("dev").get(address).status_code == 404
    assert as_("dev").get(inside("note_show", note)).status_code == 404


def test_what_is_kept_of_a_form_names_the_seat(as_, cast, dev):
    data = {"cohort": spring().pk, "text": TEXT, "once": "11111111-1111-4111-8111-111111111111"}

    as_("dev").post(write_address(dev), data)
    as_("dev").post(write_address(dev), data)

    assert Note.objects.count() == 1
    assert FormResult.objects.get(form="bringback:note_write").member == dev.pk


def test_one_damaged_note_keeps_no_other_from_being_read(as_, cast, dev):
    damaged, _whole = begun(dev, cast["dev"], "One."), begun(dev, cast["dev"], "Two.")
    Note.objects.filter(pk=damaged.pk).update(
        html=Note._meta.get_field("html").from_db_value(b"nothing", None, None)
    )

    said = page(as_("elu"), reverse("bringback:note_list", args=[dev.caucus_id]))

    assert "This cannot be opened." in said
    assert "Two." in said
    assert "This cannot be opened." in page(as_("elu"), inside("note_show", damaged))


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_asks_the_same_however_many_there_are(
    as_, cast, dev, more, django_assert_num_queries
):
    for _turn in range(1 + more):
        begun(dev, cast["dev"])
    client, address = as_("dev"), reverse("bringback:note_list", args=[dev.caucus_id])
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)
