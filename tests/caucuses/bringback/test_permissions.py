"""Each rule stands in two forms, and both agree for the whole cast and for every seat."""

import pytest

from caucuses.bringback.actions import agree, change_note, drop_note, post_reply, take_back_note
from caucuses.bringback.models import Note, NoteWording, Released, Reply
from caucuses.bringback.permissions import (
    can_answer_released,
    can_change_note,
    can_change_reply,
    can_drop_note,
    can_see_note,
    can_see_released,
    can_see_wording,
    can_take_back_note,
    can_tell_cohort,
    cohorts_told_by,
    notes_changeable_by,
    notes_dropped_by,
    notes_taken_back_by,
    notes_visible_to,
    released_answerable_by,
    released_visible_to,
    replies_changeable_by,
    wordings_visible_to,
)
from cohorts.models import Cohort
from tests.caucuses.bringback.story import begun, gone_out, inside, outside
from tests.caucuses.story import a_room, join

pytestmark = pytest.mark.django_db


def test_the_rules_of_seats_agree(cast, seats, dev, elu):
    gone_out(begun(dev, cast["dev"], "Out."))
    back = begun(dev, cast["dev"], "Taken back.")
    gone_out(back)
    take_back_note(seat=elu, note=back)
    drop_note(seat=elu, note=begun(elu, cast["elu"], "Given up."))
    inside_still = begun(elu, cast["elu"], "Elu’s, inside.")
    change_note(seat=dev, note=inside_still, text="Worded anew.", seen_revision=1)
    newcomer, waiting = join(dev, cast["ines"]), join(dev, cast["hana"], has_accepted=False)
    begun(dev, cast["dev"], "Dev’s, inside.")
    change_note(seat=elu, note=inside_still, text="And once more.", seen_revision=2)
    (stranger,) = a_room(cast["jo"])

    for seat in (*seats, newcomer, waiting, stranger):
        for rows, rule in (
            (notes_visible_to, can_see_note),
            (notes_changeable_by, can_change_note),
            (notes_dropped_by, can_drop_note),
            (notes_taken_back_by, can_take_back_note),
        ):
            allowed = {note for note in Note.objects.all() if rule(seat, note)}
            assert set(rows(seat)) == allowed
        wordings = NoteWording.objects.select_related("note")
        known = {one for one in wordings if can_see_wording(seat, one)}
        assert set(wordings_visible_to(seat)) == known
    assert [len(notes_visible_to(seat)) for seat in (dev, newcomer, waiting, stranger)] == [
        5, 2, 0, 0,
    ]  # fmt: skip
    assert [len(wordings_visible_to(seat)) for seat in (dev, newcomer, waiting, stranger)] == [
        2, 1, 0, 0,
    ]  # fmt: skip


def test_the_rules_of_the_cohorts_page_agree(cast, dev):
    released = gone_out(begun(dev, cast["dev"]))
    reply = post_reply(released=released, text="Yes.", by=cast["marisol"])

    for member in cast.values():
        assert released_visible_to(member).exists() == can_see_released(member, released)
        assert released_answerable_by(member).exists() == can_answer_released(member, released)
        assert replies_changeable_by(member).exists() == can_change_reply(member, reply)
        told = {row for row in Cohort.objects.all() if can_tell_cohort(member, row)}
        assert set(cohorts_told_by(member)) == told
    assert (Released.objects.count(), Reply.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["hana", "mo", "ana", "rui", "gus"])
def test_who_is_not_in_the_room_gets_the_404_of_an_address_that_never_was(as_, cast, dev, name):
    """A facilitator of the cohort, the backbone, an editor, an operator: no role leads in."""
    note = begun(dev, cast["dev"])
    agree(seat=dev, note=note, seen_revision=1)
    client = as_(name)

    for page in ("note_show", "note_edit", "note_hold", "note_wordings", "note_drop"):
        assert client.get(inside(page, note)).status_code == 404
    for act in ("note_agree", "note_lift", "note_take_back", "note_edit", "note_hold"):
        answer = client.post(inside(act, note), {"text": "Mine.", "words": "Mine.", "revision": 1})
        assert answer.status_code == 404
    note.refresh_from_db()
    assert (note.revision, note.state) == (1, "inside")


def test_what_has_gone_out_is_not_found_under_another_cohort(as_, cast, dev):
    released = gone_out(begun(dev, cast["dev"]))
    other = Cohort.objects.exclude(slug="spring").first()

    address = outside("released_show", released).replace("/spring/", f"/{other.slug}/")

    assert as_("ana").get(outside("released_show", released)).status_code == 200
    assert as_("ana").get(address).status_code == 404


def test_the_pages_for_what_has_gone_out_lead_back_to_it(as_, cast, dev):
    note = begun(dev, cast["dev"])
    gone_out(note)

    for name in ("note_hold", "note_edit"):
        assert as_("elu").get(inside(name, note))["Location"] == inside("note_show", note)
