"""At the same moment: a note that is held does not go out, and one that has gone out is not held."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from caucuses.bringback.actions import (
    Settled,
    StaleNote,
    change_note,
    drop_note,
    hold,
    release_due,
    take_back_note,
)
from caucuses.bringback.models import Note, NoteStance, Released
from tests.caucuses.bringback.story import TEXT, begun, gone_out

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Let everyone act at the same moment, each with a connection of their own: what each got, or why not."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait(timeout=20)
            results[place] = act()
        except (Settled, StaleNote) as refusal:
            results[place] = type(refusal).__name__
        except BaseException as problem:
            results[place] = f"{type(problem).__name__}: {problem}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _standing(note):
    """What of this note stands on its cohort's page; the demonstration's rooms have others there."""
    note.refresh_from_db()
    return Released.objects.filter(pk=str(note.released) or None)


def _out(note):
    return _standing(note).count()


def _holds(note):
    return NoteStance.objects.filter(note=note).count()


@pytest.mark.parametrize("turn", range(5))
def test_hold_and_release_at_the_same_moment(cast, dev, elu, turn):
    """One wins, never both: either it was out before, and whoever wanted to hold it is told, or it stays inside."""
    note = begun(dev, cast["dev"])

    held, out = at_once(
        lambda: hold(seat=elu, note=note, words="Wait."), lambda: release_due(note.due_at)
    )

    note.refresh_from_db()
    facts = (held, out, note.state, _holds(note), _out(note))
    assert facts in [(None, 0, "inside", 1, 0), ("Settled", 1, "released", 0, 1)]


@pytest.mark.parametrize("turn", range(3))
def test_a_change_and_release_at_the_same_moment(cast, dev, elu, turn):
    """What goes out is what everybody could read for its time, never a text of the last moment."""
    note = begun(dev, cast["dev"])

    Note.objects.filter(pk=note.pk).update(due_at=timezone.now() - timedelta(minutes=1))

    changed, out = at_once(
        lambda: (
            change_note(seat=elu, note=note, text="Of the last moment.", seen_revision=1).revision
        ),
        lambda: release_due(timezone.now()),
    )

    texts = [row.text for row in _standing(note)]
    assert (changed, out, texts) in [(2, 0, []), ("Settled", 1, [TEXT])]


def test_of_two_workers_one_lets_it_out(cast, dev):
    note = begun(dev, cast["dev"])

    results = at_once(*(lambda: release_due(note.due_at) for _turn in range(3)))

    assert sorted(results) == [0, 0, 1]
    assert _out(note) == 1


def test_giving_up_and_release_at_the_same_moment(cast, dev):
    note = begun(dev, cast["dev"])

    dropped, out = at_once(
        lambda: drop_note(seat=dev, note=note).state, lambda: release_due(note.due_at)
    )

    assert (dropped, out) in [("dropped", 0), ("Settled", 1)]
    assert _out(note) == out


def test_of_two_who_take_it_back_at_once_one_does(cast, dev, elu):
    note = begun(dev, cast["dev"])
    gone_out(note)

    results = at_once(
        *(lambda seat=seat: take_back_note(seat=seat, note=note).state for seat in (dev, elu))
    )

    assert sorted(results) == ["Settled", "dropped"]
    assert not _out(note)


def test_of_two_changes_at_once_one_stands(cast, dev, elu):
    note = begun(dev, cast["dev"])

    results = at_once(
        *(
            lambda seat=seat, text=text: (
                change_note(seat=seat, note=note, text=text, seen_revision=1).revision
            )
            for seat, text in ((dev, "Dev’s."), (elu, "Elu’s."))
        )
    )

    assert sorted(map(str, results)) == ["2", "StaleNote"]
