"""Dev and Elu write down what they agree on: versions, confirmations, two texts at once, and what a trio needs."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accountability.buddies.actions import (
    Conflict,
    NotWaiting,
    PairEnded,
    confirm_agreement,
    leave_pair,
    propose_agreement,
    take_back_agreement,
)
from accountability.buddies.choices import AGREEMENT_TRANSITIONS, AgreementState
from accountability.buddies.models import Agreement
from accountability.buddies.permissions import (
    agreements_confirmable_by,
    agreements_visible_to,
    can_confirm_agreement,
    can_see_agreement,
)
from core import doors
from notices.models import Notice
from notices.showing import lines
from tests.accountability.buddies.story import pair_up, spoil, terms, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    return pair_up(cast, "dev", "elu")


@pytest.fixture
def trio(cast):
    return pair_up(cast, "dev", "elu", "jo")


@pytest.fixture
def rhythms(monkeypatch):
    """What the check-ins hear through their door, beside whoever offers there already."""
    heard = []
    known = {name: list(rows) for name, rows in doors._offers.items()}

    def listen(*, pair, agreement, now):
        heard.append((pair.pk, agreement.pk, agreement.rhythm, agreement.weekday, now))

    doors.offer("check_in_rhythm", listen)
    yield heard
    doors._offers.clear()
    doors._offers.update(known)


def states(pair):
    return list(pair.agreements.order_by("number").values_list("number", "state"))


def words_for(member):
    return [str(line.shown.words) for line in lines(member, Notice.objects.filter(member=member))]


def test_one_writes_the_other_confirms_and_it_is_in_force(cast, as_, pair, rhythms):
    answer = as_("dev").post(f"/buddy/{pair.pk}/agreement/write/", typed())

    assert answer["Location"] == f"/buddy/{pair.pk}/agreement/"
    agreement = Agreement.objects.get()
    assert (agreement.number, agreement.state, rhythms) == (1, "proposed", [])
    assert words_for(cast["elu"]) == ["There is a text of your agreement to read"]
    page = as_("elu").get(answer["Location"]).text
    assert "We want to say what we see." in page
    assert "Call once, then wait." in page
    as_("elu").post(f"/buddy/{pair.pk}/agreement/{agreement.pk}/confirm/")
    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    assert rhythms == [
        (pair.pk, agreement.pk, "weekly", agreement.first_on.weekday(), agreement.in_force_at)
    ]
    assert words_for(cast["dev"]) == ["Your agreement is in force"]
    assert words_for(cast["elu"]) == []
    assert "every week" in as_("dev").get("/buddy/").text


def test_confirming_twice_is_confirming_once(cast, pair, rhythms):
    agreement = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])

    for _ in range(2):
        confirm_agreement(pair=pair, agreement_id=agreement.pk, by=cast["elu"])

    assert agreement.confirmations.count() == 2
    assert len(rhythms) == 1
    assert Notice.objects.filter(kind="buddies.agreed").count() == 1


def test_a_change_shows_both_texts_and_counts_when_both_said_yes(cast, as_, pair, rhythms):
    first = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])
    confirm_agreement(pair=pair, agreement_id=first.pk, by=cast["elu"])

    second = propose_agreement(
        pair=pair, terms=terms(why="We grew.", rhythm="monthly"), seen=first.pk, by=cast["elu"]
    )

    page = as_("dev").get(f"/buddy/{pair.pk}/agreement/").text
    assert "We want to say what we see." in page
    assert "We grew." in page
    assert states(pair) == [(1, "in_force"), (2, "proposed")]
    confirm_agreement(pair=pair, agreement_id=second.pk, by=cast["dev"])
    assert states(pair) == [(1, "earlier"), (2, "in_force")]
    assert [rhythm for _, _, rhythm, _, _ in rhythms] == ["weekly", "monthly"]


def test_answering_with_another_text_leaves_the_first_one_readable(cast, as_, pair):
    first = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])
    propose_agreement(pair=pair, terms=terms(why="Slower."), seen=first.pk, by=cast["elu"])

    with pytest.raises(NotWaiting):
        confirm_agreement(pair=pair, agreement_id=first.pk, by=cast["elu"])

    assert states(pair) == [(1, "answered"), (2, "proposed")]
    page = as_("elu").post(f"/buddy/{pair.pk}/agreement/{first.pk}/confirm/", follow=True).text
    assert "Nothing was confirmed: read what stands here now." in page
    assert "We want to say what we see." in page
    assert words_for(cast["elu"]) == []
    assert words_for(cast["dev"]) == ["There is a text of your agreement to read"]


def test_both_write_at_once_and_the_second_sees_both_texts(cast, as_, pair):
    propose_agreement(pair=pair, terms=terms(why="Mine came first."), seen=None, by=cast["dev"])

    answer = as_("elu").post(f"/buddy/{pair.pk}/agreement/write/", typed(why="Mine came second."))

    newest = Agreement.objects.get()
    assert answer.status_code == 409
    assert "Mine came first." in answer.text
    assert "Mine came second." in answer.text
    assert f'value="{newest.pk}"' in answer.text
    again = as_("elu").post(
        f"/buddy/{pair.pk}/agreement/write/", typed(newest.pk, why="Mine came second.")
    )
    assert again.status_code == 302
    assert states(pair) == [(1, "answered"), (2, "proposed")]


def test_two_tabs_of_one_person_do_not_overwrite_each_other(cast, as_, pair):
    dev = as_("dev")
    dev.post(f"/buddy/{pair.pk}/agreement/write/", typed(why="First tab."))

    answer = dev.post(f"/buddy/{pair.pk}/agreement/write/", typed(why="Second tab."))

    assert answer.status_code == 409
    assert "First tab." in answer.text
    assert "Second tab." in answer.text


def test_a_proposal_taken_back_is_deleted_and_confirming_it_says_so(cast, as_, pair):
    first = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])
    page = as_("elu").get(f"/buddy/{pair.pk}/agreement/write/").text
    assert f'value="{first.pk}"' in page
    with pytest.raises(NotWaiting):
        take_back_agreement(pair=pair, agreement_id=first.pk, by=cast["elu"])

    as_("dev").post(f"/buddy/{pair.pk}/agreement/{first.pk}/take-back/")

    assert not Agreement.objects.exists()
    assert words_for(cast["elu"]) == []
    said = as_("elu").post(f"/buddy/{pair.pk}/agreement/{first.pk}/confirm/", follow=True).text
    assert "taken back meanwhile" in said
    answer = as_("elu").post(
        f"/buddy/{pair.pk}/agreement/write/", typed(first.pk, why="My answer.")
    )
    assert answer.status_code == 409
    assert "the text that you answered was taken back" in answer.text
    assert "My answer." in answer.text


def test_three_have_to_say_yes(cast, trio, rhythms):
    agreement = propose_agreement(pair=trio, terms=terms(), seen=None, by=cast["dev"])

    confirm_agreement(pair=trio, agreement_id=agreement.pk, by=cast["elu"])
    assert states(trio) == [(1, "proposed")]
    confirm_agreement(pair=trio, agreement_id=agreement.pk, by=cast["jo"])

    assert states(trio) == [(1, "in_force")]
    assert len(rhythms) == 1


def test_when_the_third_leaves_what_the_two_confirmed_is_in_force(cast, trio, rhythms):
    agreement = propose_agreement(pair=trio, terms=terms(), seen=None, by=cast["dev"])
    confirm_agreement(pair=trio, agreement_id=agreement.pk, by=cast["elu"])

    leave_pair(pair=trio, by=cast["jo"])

    assert states(trio) == [(1, "in_force")]
    assert len(rhythms) == 1
    told = Notice.objects.filter(kind="buddies.agreed").values_list("member", flat=True)
    assert set(told) == {cast["dev"].pk, cast["elu"].pk}


def test_a_pair_that_ended_while_one_wrote_keeps_the_text_on_the_page(cast, as_, pair):
    leave_pair(pair=pair, by=cast["dev"])

    answer = as_("elu").post(f"/buddy/{pair.pk}/agreement/write/", typed(why="What I wrote."))

    assert answer.status_code == 409
    assert "Nothing was saved; what you typed still stands here to copy." in answer.text
    assert "What I wrote." in answer.text
    contact = as_("elu").post(f"/buddy/{pair.pk}/contact/", {"contact": "555 0101"})
    assert (contact.status_code, "555 0101" in contact.text) == (409, True)
    assert not Agreement.objects.exists()
    with pytest.raises(PairEnded):
        propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["elu"])
    assert as_("elu").get(f"/buddy/{pair.pk}/agreement/write/").status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_on": "2020-02-03"}, "This day has passed."),
        ({"first_on": "2999-02-03"}, "This is more than a year away."),
        ({"first_on": "soon"}, "This is no date."),
        ({"first_on": ""}, "Choose a day for the first check-in"),
        ({"at": "half past"}, "This is no time."),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"rhythm": "hourly"}, "Choose how often from the list."),
        ({"quiet": "x" * 4001}, "This has 4,001 characters; 4,000 fit."),
        ({"seen": "no-id"}, "Nothing was saved yet."),
    ],
)
def test_what_cannot_be_agreed_on_is_said_and_nothing_typed_is_lost(as_, pair, changes, sentence):
    answer = as_("dev").post(f"/buddy/{pair.pk}/agreement/write/", typed(**changes))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "No names of children." in answer.text
    assert not Agreement.objects.exists()


def test_characters_that_nobody_sees_are_taken_out(cast, as_, pair):
    as_("dev").post(
        f"/buddy/{pair.pk}/agreement/write/", typed(why="one\x00\r\ntwo\u202e <b>three</b>")
    )

    assert str(Agreement.objects.get().why) == "one\ntwo <b>three</b>"
    assert "&lt;b&gt;three" in as_("elu").get(f"/buddy/{pair.pk}/agreement/").text


def test_a_change_begins_with_the_newest_text_and_the_next_day_of_its_rhythm(cast, as_, pair):
    agreement = propose_agreement(
        pair=pair, terms=terms(rhythm="fortnightly"), seen=None, by=cast["dev"]
    )
    Agreement.objects.filter(pk=agreement.pk).update(first_on="2030-01-01")

    with time_machine.travel("2030-03-06T12:00:00Z", tick=False):
        page = as_("elu").get(f"/buddy/{pair.pk}/agreement/write/").text

    assert 'value="2030-03-12"' in page
    assert "We want to say what we see." in page


def test_both_forms_of_who_reads_and_who_confirms_agree(cast, trio):
    agreement = propose_agreement(pair=trio, terms=terms(), seen=None, by=cast["dev"])
    leave_pair(pair=trio, by=cast["jo"])
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        later = propose_agreement(pair=trio, terms=terms(), seen=agreement.pk, by=cast["elu"])
        agreement.refresh_from_db()

        for row, readers, waits in (
            (agreement, {"dev", "elu", "jo"}, set()),
            (later, {"dev", "elu"}, {"dev"}),
        ):
            row = Agreement.objects.get(pk=row.pk)
            assert {name for name, who in cast.items() if can_see_agreement(who, row)} == readers
            assert {name for name, who in cast.items() if agreements_visible_to(who).filter(pk=row.pk).exists()} == readers  # fmt: skip
            assert {name for name, who in cast.items() if can_confirm_agreement(who, row)} == waits
            assert {name for name, who in cast.items() if agreements_confirmable_by(who).filter(pk=row.pk).exists()} == waits  # fmt: skip


def test_a_part_that_cannot_be_opened_says_so_alone(cast, as_, pair):
    agreement = propose_agreement(
        pair=pair, terms=terms(channel="On a walk."), seen=None, by=cast["dev"]
    )
    spoil(agreement, "why")

    answer = as_("elu").get(f"/buddy/{pair.pk}/agreement/")

    assert answer.status_code == 200
    assert "This part cannot be opened" in answer.text
    assert "On a walk." in answer.text


def test_a_change_can_be_written_where_a_part_cannot_be_opened(cast, as_, pair):
    agreement = propose_agreement(
        pair=pair, terms=terms(channel="On a walk."), seen=None, by=cast["dev"]
    )
    spoil(agreement, "why")

    answer = as_("elu").get(f"/buddy/{pair.pk}/agreement/write/")

    assert answer.status_code == 200
    assert "On a walk." in answer.text


def test_how_to_reach_each_other_is_for_the_pair(cast, as_, pair):
    as_("dev").post(f"/buddy/{pair.pk}/contact/", {"contact": "Call 555 0101"})

    assert "Call 555 0101" in as_("elu").get("/buddy/").text
    answer = as_("dev").post(f"/buddy/{pair.pk}/contact/", {"contact": "5" * 301})
    assert "This has 301 characters; 300 fit." in answer.text
    as_("dev").post(f"/buddy/{pair.pk}/contact/", {"contact": ""})
    assert "Call 555 0101" not in as_("elu").get("/buddy/").text


def test_only_steps_of_the_table_are_taken(cast, pair):
    agreement = propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["dev"])
    with pytest.raises(Conflict):
        propose_agreement(pair=pair, terms=terms(), seen=None, by=cast["elu"])

    confirm_agreement(pair=pair, agreement_id=agreement.pk, by=cast["elu"])
    with pytest.raises(NotWaiting):
        take_back_agreement(pair=pair, agreement_id=agreement.pk, by=cast["dev"])

    assert set(AGREEMENT_TRANSITIONS) == set(AgreementState)
    assert AGREEMENT_TRANSITIONS[AgreementState.EARLIER] == frozenset()
