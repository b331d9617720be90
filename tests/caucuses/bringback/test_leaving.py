"""What of notes ends with a seat, and with the time that a room keeps its words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caucuses.actions.leaving import leave_caucus
from caucuses.bringback.actions import agree, change_note, expire_notes
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released
from caucuses.models import Caucus
from core import doors
from tests.caucuses.bringback.story import TEXT, begun, gone_out, inside, page

pytestmark = pytest.mark.django_db


def test_a_note_stays_as_of_a_former_member(as_, cast, dev):
    note = begun(dev, cast["dev"])

    leave_caucus(seat=dev, with_posts=False)

    said = page(as_("elu"), inside("note_show", note))
    assert "Written by <bdi>a former member</bdi>" in said
    assert "if they have left, hold it" in said


def test_who_leaves_with_their_words_takes_what_they_alone_wrote(cast, dev, elu):
    gone_out(begun(elu, cast["elu"], "Elu’s, and out."))
    alone = begun(elu, cast["elu"], "Elu’s alone.")
    shared = begun(elu, cast["elu"], "Elu’s first.")
    change_note(seat=dev, note=shared, text="Dev’s second.", seen_revision=1)
    of_dev = begun(dev, cast["dev"], "Dev’s first.")
    change_note(seat=elu, note=of_dev, text="Elu’s second.", seen_revision=1)
    change_note(seat=dev, note=of_dev, text="Dev’s third.", seen_revision=2)

    leave_caucus(seat=elu, with_posts=True)

    assert not Note.objects.filter(pk=alone.pk).exists()
    assert {str(row.text) for row in Note.objects.all()} == {
        "Dev’s second.", "Dev’s third.", "Elu’s, and out.",
    }  # fmt: skip
    assert [str(row.text) for row in NoteWording.objects.all()] == ["Dev’s first."]
    assert Released.objects.count() == 1


def test_words_that_were_kept_long_enough_go(cast, dev, elu):
    old = begun(dev, cast["dev"], "Old.")
    changed = begun(dev, cast["dev"], "Changed long ago.")
    change_note(seat=elu, note=changed, text="Changed.", seen_revision=1)
    Note.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=91))
    NoteWording.objects.update(written_at=timezone.now() - timedelta(days=91))

    doors.ask("caucus_expired", caucus=dev.caucus, before=timezone.now() - timedelta(days=90))

    assert [str(row.text) for row in Note.objects.all()] == ["Changed."]
    assert not NoteWording.objects.exists()


def test_what_stands_on_a_cohorts_page_can_be_taken_back_after_that_time_too(as_, cast, dev, elu):
    note = begun(dev, cast["dev"])
    agree(seat=elu, note=note, seen_revision=1)
    released = gone_out(note)
    later = timezone.now() + timedelta(days=200)

    expire_notes(caucus=Caucus.objects.get(pk=dev.caucus_id), before=later)

    assert not NoteStance.objects.exists()
    as_("elu").post(inside("note_take_back", note))
    assert not Released.objects.filter(pk=released.pk).exists()

    expire_notes(caucus=Caucus.objects.get(pk=dev.caucus_id), before=later)
    assert not Note.objects.exists()


def test_ones_own_words_are_what_one_worded(cast, dev, elu):
    """Of a note that Dev began and Elu worded anew each has their own; of one the other way round, too."""
    note, other = begun(dev, cast["dev"]), begun(elu, cast["elu"], "Not Dev’s.")
    change_note(seat=elu, note=note, text="Elu’s words.", seen_revision=1)
    change_note(seat=dev, note=other, text="Dev’s in the end.", seen_revision=1)

    for seat, words in ((dev, [TEXT, "Dev’s in the end."]), (elu, ["Not Dev’s.", "Elu’s words."])):
        rows = dict(doors.ask("own_words", seat=seat))["Notes to the whole group"]
        assert [row["text"] for row in rows] == words
