"""The chore and the members: what is changed or goes out while it runs is read again, and stays."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from caucuses.bringback.actions import change_note, expire_notes, hold, lift_hold, release_due
from caucuses.bringback.models import Note, NoteStance, Released
from tests.accountability.buddies.test_at_once import at_once
from tests.caucuses.bringback.story import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def while_it_waits(act, chore):
    """Act in an open transaction of one's own, let the chore run into it, and end it a second later."""
    acted, go = threading.Event(), threading.Event()

    def member():
        try:
            with transaction.atomic():
                act()
                acted.set()
                go.wait(5)
        finally:
            acted.set()
            connections.close_all()

    thread = threading.Thread(target=member)
    thread.start()
    acted.wait(10)
    threading.Timer(1.0, go.set).start()
    chore()
    thread.join()


def old(note):
    then = timezone.now() - timedelta(days=91)
    Note.objects.filter(pk=note.pk).update(changed_at=then, due_at=then)
    note.refresh_from_db()


def test_a_note_that_is_worded_anew_while_the_chore_runs_stays(cast, dev, elu):
    note = begun(dev, cast["dev"])
    old(note)

    while_it_waits(
        lambda: change_note(seat=elu, note=note, text="Of today.", seen_revision=1),
        lambda: expire_notes(caucus=dev.caucus, before=timezone.now() - timedelta(days=90)),
    )

    assert str(Note.objects.get(pk=note.pk).text) == "Of today."


def test_a_note_that_goes_out_while_the_chore_runs_can_be_taken_back(cast, dev):
    note = begun(dev, cast["dev"])
    old(note)

    while_it_waits(
        lambda: release_due(timezone.now()),
        lambda: expire_notes(caucus=dev.caucus, before=timezone.now() - timedelta(days=90)),
    )

    row = Note.objects.get(pk=note.pk)
    assert Released.objects.filter(pk=str(row.released)).exists()


@pytest.mark.parametrize("turn", range(3))
def test_lifting_a_hold_and_the_worker_at_the_same_moment(cast, dev, elu, turn):
    """Whoever comes first: nothing goes out in the minute in which a hold is lifted."""
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="No.")
    Note.objects.filter(pk=note.pk).update(due_at=timezone.now() - timedelta(days=1))

    lifted, out = at_once(
        lambda: lift_hold(seat=elu, note=note).pk, lambda: release_due(timezone.now())
    )

    assert (lifted, out) == (note.pk, 0)
    assert not NoteStance.objects.filter(note=note).exists()
    assert Note.objects.get(pk=note.pk).state == "inside"
