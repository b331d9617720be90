"""One page that both write on."""

import pytest

from accountability.buddies.actions import leave_pair
from accountability.checkins.actions import save_notes
from accountability.checkins.actions.notes import NotesConflict
from accountability.checkins.models import PairNotes

pytestmark = pytest.mark.django_db


def test_both_write_and_the_page_is_clean(as_, cast, pair):
    address = f"/buddy/check-ins/notes/{pair.pk}/"
    as_("dev").post(f"{address}edit/", {"body": "**Bring** <script>x</script>", "seen": 0})

    page = as_("elu").get(address).content.decode()

    assert "<strong>Bring</strong>" in page
    assert "<script>x" not in page
    assert ("Dev" in page, PairNotes.objects.get().version) == (True, 1)


def test_who_comes_second_sees_both_texts(as_, cast, pair):
    """H9."""
    save_notes(pair=pair, by=cast["dev"], body="Dev’s line.", seen=0)

    answer = as_("elu").post(
        f"/buddy/check-ins/notes/{pair.pk}/edit/", {"body": "Elu’s line.", "seen": 0}
    )

    page = answer.content.decode()
    assert (answer.status_code, "Dev’s line." in page, "Elu’s line." in page) == (409, True, True)
    assert PairNotes.objects.get().body == "Dev’s line."
    with pytest.raises(NotesConflict):
        save_notes(pair=pair, by=cast["elu"], body="Elu’s line.", seen=0)
    assert save_notes(pair=pair, by=cast["elu"], body="Dev’s line.", seen=0).version == 1
    assert save_notes(pair=pair, by=cast["elu"], body="Elu’s line.", seen=1).version == 2


def test_after_the_end_they_are_read_and_the_typed_text_stays_on_the_page(as_, cast, pair):
    save_notes(pair=pair, by=cast["dev"], body="Dev’s line.", seen=0)
    leave_pair(pair=pair, by=cast["dev"])

    answer = as_("elu").post(
        f"/buddy/check-ins/notes/{pair.pk}/edit/", {"body": "Elu’s line.", "seen": 1}
    )

    assert (answer.status_code, "Elu’s line." in answer.content.decode()) == (409, True)
    assert "Dev’s line." in as_("elu").get(f"/buddy/check-ins/notes/{pair.pk}/").content.decode()


def test_notes_that_do_not_open_are_one_sentence(as_, cast, pair):
    """C4."""
    notes = save_notes(pair=pair, by=cast["dev"], body="Dev’s line.", seen=0)
    moved = PairNotes._meta.get_field("html").seal("x", PairNotes(pair=pair))
    PairNotes.objects.filter(pk=notes.pk).update(html=moved)

    page = as_("elu").get(f"/buddy/check-ins/notes/{pair.pk}/").content.decode()

    assert "This text cannot be opened" in page
