"""What removals and time do to notes: neither sends anything out, and everything said goes when it is old."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from caucuses.actions.expiring import expire_words
from caucuses.bringback.actions import (
    NotFound,
    change_note,
    hold,
    lift_hold,
    release_due,
    releasing,
    take_back_note,
)
from caucuses.bringback.models import Note, NoteStance, NoteWording, Released
from caucuses.choices import Keeping
from cohorts.models import Cohort
from core import doors
from tests.caucuses.bringback.story import TEXT, begun, gone_out, inside, page
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def seats(cast):
    """Dev and Elu in a room that keeps words for 90 days."""
    return a_room(cast["dev"], cast["elu"], keeping=Keeping.DAYS_90)


def test_removing_who_holds_a_note_gives_it_up(as_, cast, seats):
    dev, elu = seats
    held, free = begun(dev, cast["dev"]), begun(dev, cast["dev"], "Another.")
    hold(seat=elu, note=held, words="No.")

    doors.ask("seat_left", seat=elu, with_posts=False, removed=True)

    assert release_due(held.due_at + timedelta(days=60)) == 1
    held.refresh_from_db()
    free.refresh_from_db()
    assert (held.state, free.state) == ("dropped", "released")
    said = page(as_("dev"), inside("note_show", held))
    assert "It was given up. It never left this room." in said
    assert "ten minutes of silence" in said


def test_a_hold_with_words_of_today_keeps_an_old_note(cast, seats):
    dev, elu = seats
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="Of today.")
    Note.objects.filter(pk=note.pk).update(changed_at=ago(91))

    expire_words(now=timezone.now())
    assert str(NoteStance.objects.get(note=note).words) == "Of today."

    NoteStance.objects.filter(note=note).update(at=ago(91))
    expire_words(now=timezone.now())
    assert not Note.objects.filter(pk=note.pk).exists()


def test_words_of_a_hold_go_by_their_own_age_and_the_hold_stands(as_, cast, seats):
    dev, elu = seats
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="Old words.")
    NoteStance.objects.filter(note=note).update(at=ago(91))

    expire_words(now=timezone.now())

    assert release_due(note.due_at) == 0
    said = page(as_("dev"), inside("note_show", note))
    assert "Old words." not in said
    assert "The words went after the time for which this room keeps them." in said
    hold(seat=elu, note=note, words="New words.")
    expire_words(now=timezone.now())
    assert "New words." in page(as_("dev"), inside("note_show", note))


def test_an_earlier_wording_goes_by_when_it_was_written(cast, seats):
    dev, _elu = seats
    note = begun(dev, cast["dev"], "Said 170 days ago.")
    Note.objects.filter(pk=note.pk).update(changed_at=ago(170))
    change_note(seat=dev, note=note, text="New.", seen_revision=1)
    change_note(seat=dev, note=note, text="Newer.", seen_revision=2)

    expire_words(now=timezone.now())

    assert [str(row.text) for row in NoteWording.objects.filter(note=note)] == ["New."]


def test_a_hold_lifted_just_before_the_hour_sends_nothing_out_that_day(cast, seats, time_machine):
    dev, elu = seats
    note = begun(dev, cast["dev"])
    hold(seat=elu, note=note, words="No.")
    moment = (note.due_at + timedelta(days=10)).replace(hour=5, minute=59, second=59)
    time_machine.move_to(moment, tick=False)

    lift_hold(seat=elu, note=note)

    assert release_due(moment + timedelta(days=1)) == 0
    assert release_due(moment + timedelta(days=1, seconds=1)) == 1


@pytest.mark.parametrize("why", ["over", "damaged"])
def test_what_cannot_go_out_is_tried_once_a_day(cast, seats, why):
    note = begun(seats[0], cast["dev"])
    if why == "over":
        Cohort.objects.filter(slug="spring").update(starts_on=ago(40).date(), ends_on=ago(2).date())
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE bringback_note SET text = cohort")
    due = note.due_at

    assert release_due(due) == 0

    later = Note.objects.values_list("due_at", flat=True).get(pk=note.pk)
    assert timedelta(days=1) <= later - due <= timedelta(days=2)


def test_one_that_goes_wrong_keeps_no_other_waiting(cast, seats, monkeypatch):
    bad = begun(seats[0], cast["dev"], "Goes wrong.")
    begun(seats[0], cast["dev"], "Goes out.")
    real = releasing._on_the_page

    def wrong(note, cohort, now):
        if note.pk == bad.pk:
            raise IntegrityError
        return real(note, cohort, now)

    monkeypatch.setattr(releasing, "_on_the_page", wrong)
    assert release_due(bad.due_at + timedelta(minutes=1)) == 1
    monkeypatch.undo()
    assert release_due(bad.due_at + timedelta(minutes=2)) == 1


def test_a_note_whose_way_out_was_damaged_is_still_taken_back(as_, cast, seats):
    note = begun(seats[0], cast["dev"])
    gone_out(note)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bringback_note SET released = cohort")

    Released.objects.create(
        cohort=Cohort.objects.get(slug="spring"),
        released_on=timezone.localdate(),
        text=TEXT,
        text_html="",
        cleaner_version=1,
    )
    with pytest.raises(NotFound):
        take_back_note(seat=seats[1], note=note)
    answer = as_("elu").post(inside("note_take_back", note))
    assert answer.status_code == 409
    assert "It still stands there." in answer.text

    Released.objects.filter(text_html="").delete()
    assert as_("elu").post(inside("note_take_back", note)).status_code == 302
    assert not Released.objects.filter(text=TEXT).exists()
