"""A pair ends while somebody writes; a third one leaves; a member goes."""

from datetime import timedelta

import pytest

from accountability.buddies.actions import leave_pair
from accountability.buddies.actions.pairs import prune_pairs
from accountability.checkins.actions import hand_in, save_draft, save_notes
from accountability.checkins.actions.leaving import prune_drafts, prune_parts
from accountability.checkins.exporting import check_ins_taken, notes_taken
from accountability.checkins.models import CheckIn, Part, PartDraft, PartVersion
from accountability.checkins.permissions import check_ins_visible_to, parts_visible_to
from accountability.checkins.texts import Words, words_of
from core import register
from tests.accountability.checkins.story import (
    A_WEEK,
    DEVS,
    ELUS,
    MONDAY,
    both_write,
    coming,
    minute,
    pair_up,
    typed,
)

pytestmark = pytest.mark.django_db


def test_the_text_of_a_pair_that_ended_is_kept_for_its_author(clock, as_, cast, pair):
    check_in = coming(pair)
    hand_in(check_in=check_in, by=cast["dev"], words=DEVS, seen=0)
    leave_pair(pair=pair, by=cast["elu"])

    draft = PartDraft.objects.get()
    page = as_("dev").get(f"/buddy/check-ins/kept/{draft.pk}/").content.decode()

    assert (DEVS.did in page, "Nothing is lost" in page) == (True, True)
    assert as_("elu").get(f"/buddy/check-ins/kept/{draft.pk}/").status_code == 404
    assert not Part.objects.exists()
    minute(MONDAY + A_WEEK)
    assert (coming(pair), CheckIn.objects.count()) == (None, 1)


@pytest.mark.parametrize("act", ["save", "hand_in"])
def test_what_is_sent_after_the_end_is_kept_and_not_refused(clock, as_, cast, pair, act):
    check_in = coming(pair)
    clock.shift(timedelta(hours=1))
    leave_pair(pair=pair, by=cast["elu"])

    answer = as_("dev").post(f"/buddy/check-ins/{check_in.pk}/", typed(DEVS, act=act))

    draft = PartDraft.objects.get()
    assert answer.headers["Location"] == f"/buddy/check-ins/kept/{draft.pk}/"
    assert (words_of(draft), draft.kept_since, draft.handed_in_at) == (
        DEVS,
        MONDAY + timedelta(hours=1),
        None,
    )


def test_its_author_deletes_it_or_it_goes_after_thirty_days(clock, as_, cast, pair):
    check_in = coming(pair)
    for name, words in (("dev", DEVS), ("elu", ELUS)):
        save_draft(check_in=check_in, by=cast[name], words=words, seen=0)
    leave_pair(pair=pair, by=cast["elu"])
    draft = PartDraft.objects.get(member=cast["dev"])

    as_("elu").post(f"/buddy/check-ins/kept/{draft.pk}/delete/")
    assert PartDraft.objects.count() == 2
    as_("dev").post(f"/buddy/check-ins/kept/{draft.pk}/delete/")
    clock.move_to(MONDAY + timedelta(days=29))
    early = prune_drafts()
    clock.move_to(MONDAY + timedelta(days=30))

    assert (early, prune_drafts(), PartDraft.objects.count()) == (0, 1, 0)


def test_of_three_two_go_on_and_what_comes_later_is_not_for_who_left(clock, as_, cast):
    trio = pair_up(cast, "jo", "ben", "marisol")
    first = coming(trio)
    for name in ("jo", "ben", "marisol"):
        hand_in(check_in=first, by=cast[name], words=Words(did=name), seen=0)
    second = coming(trio)
    clock.shift(timedelta(minutes=1))
    for name in ("jo", "ben"):
        hand_in(check_in=second, by=cast[name], words=Words(did=f"{name} again"), seen=0)
    clock.shift(timedelta(hours=1))

    leave_pair(pair=trio, by=cast["marisol"])
    clock.shift(timedelta(hours=1))

    second.refresh_from_db()
    assert second.revealed_at is not None  # nobody is waited for any more
    assert set(check_ins_visible_to(cast["marisol"])) == {first, second}
    assert {part.check_in for part in parts_visible_to(cast["marisol"])} == {first}
    hand_in(check_in=coming(trio), by=cast["jo"], words=Words(did="a third"), seen=0)
    hand_in(check_in=CheckIn.objects.coming().get(), by=cast["ben"], words=Words(did="too"), seen=0)
    assert set(check_ins_visible_to(cast["marisol"])) == {first, second}
    assert as_("marisol").get(f"/buddy/check-ins/{coming(trio).pk}/").status_code == 404


def test_the_parts_of_who_left_three_go_after_thirty_days(clock, cast):
    trio = pair_up(cast, "jo", "ben", "marisol")
    first = coming(trio)
    for name in ("jo", "ben", "marisol"):
        hand_in(check_in=first, by=cast[name], words=Words(did=name), seen=0)
    leave_pair(pair=trio, by=cast["marisol"])
    clock.shift(timedelta(days=29))
    assert prune_parts() == 0
    clock.shift(timedelta(days=1))

    assert prune_parts() == 1
    assert {part.member for part in Part.objects.all()} == {cast["jo"], cast["ben"]}


def test_thirty_days_after_the_end_everything_goes_with_the_pair(clock, cast, pair):
    both_write(cast, pair)
    save_notes(pair=pair, by=cast["dev"], body="Bring the list.", seen=0)
    leave_pair(pair=pair, by=cast["dev"])
    clock.shift(timedelta(days=30))

    assert prune_pairs() == 1
    assert [model.objects.count() for model in (CheckIn, Part, PartVersion)] == [0, 0, 0]


def test_each_takes_along_what_was_shared_and_nothing_else(cast, pair):
    both_write(cast, pair)
    save_draft(check_in=coming(pair), by=cast["elu"], words=Words(did="Not shared."), seen=0)
    save_notes(pair=pair, by=cast["elu"], body="Bring the list.", seen=0)

    _name, found = check_ins_taken(member=cast["dev"], pair=pair)
    _name, notes = notes_taken(member=cast["dev"], pair=pair)

    parts = [(part["by"], part["did"], part["older_wordings"]) for part in found[0]["parts"]]
    assert parts == [
        (cast["dev"].get_full_name(), DEVS.did, []),
        (cast["elu"].get_full_name(), "", []),
    ]
    assert [row["text"] for row in notes] == ["Bring the list."]
    assert "Not shared." not in str(found)
    for taken in (check_ins_taken, notes_taken):
        assert taken(member=cast["ana"], pair=pair)[1] == []


def test_what_a_member_wrote_goes_with_them(cast, pair):
    both_write(cast, pair)
    save_draft(check_in=coming(pair), by=cast["dev"], words=DEVS, seen=0)
    holding = next(row for row in register.holdings() if row.name == "checkins")

    for _ in range(2):
        for step in holding.erase(cast["dev"]):
            step()

    assert [row.member for row in Part.objects.all()] == [cast["elu"]]
    assert not PartDraft.objects.exists()
