"""Any member proposes another agreement; it comes into force when all agree, or on its day when nobody objects."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caucuses.actions import (
    Decided,
    NothingChanges,
    NotThatOne,
    NotYourCohort,
    OneIsOpen,
    accept_agreement,
    leave_caucus,
    propose_change,
    take_stance,
    withdraw_proposal,
)
from caucuses.actions.expiring import expire_words
from caucuses.actions.proposing import decide_due
from caucuses.agreed import in_force, terms_in
from caucuses.choices import Joining, Keeping, StanceKind
from caucuses.models import Event, Proposal, Seat, Stance
from caucuses.permissions import (
    can_see_proposal,
    can_see_stance,
    proposals_visible_to,
    stances_visible_to,
)
from cohorts.models import Cohort
from core import doors
from tests.caucuses.changing import change, damage, fresh, propose
from tests.caucuses.story import TEXT, a_room, join

pytestmark = pytest.mark.django_db

OTHER = TEXT + " We begin with a minute of silence."


def say(seat, proposal, kind, words="Not like this."):
    take_stance(seat=fresh(seat), proposal=proposal, kind=kind, words=words)


def state(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


def typed(**changes):
    usual = {
        "changes": "1",
        "text": OTHER,
        "name": "The front porch",
        "purpose": "To begin quietly.",
        "joining": "request",
        "is_listed": "on",
        "keeping": "90_days",
        "wait_days": "3",
        "why": "We rush in.",
    }
    return {**usual, **changes}


def test_everybody_agrees_and_all_follows_at_once(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    room = f"/caucuses/{dev.caucus_id}/"

    address = as_("elu").post(f"{room}agreement/propose/", typed()).url
    card = as_("dev").get(room).content.decode()
    page = as_("dev").get(address).content.decode()
    answer = as_("dev").post(f"{address}answer/", {"kind": "agree", "words": ""})

    assert f'href="{address}"' in card
    assert "We rush in." in page
    assert "Proposed by Elu" in page
    assert "We begin with a minute of silence." in page.split("<ins>")[1]
    assert answer.url == f"{room}agreement/"
    caucus = fresh(dev).caucus
    assert (caucus.agreement, caucus.joining, caucus.is_listed) == (2, "request", True)
    assert (caucus.name, caucus.purpose) == ("The front porch", "To begin quietly.")
    assert in_force(caucus).text == OTHER
    assert terms_in(in_force(caucus)).wait_days == 3
    assert fresh(elu).must_accept
    assert fresh(dev).must_accept
    assert list(Event.objects.filter(what="agreement").values_list("seat", flat=True)) == [None]


def test_who_proposes_accepts_anew_like_everybody(as_, cast):
    dev = a_room(cast["dev"])[0]
    room = f"/caucuses/{dev.caucus_id}/"

    answer = as_("dev").post(f"{room}agreement/propose/", typed(), follow=True)

    assert answer.redirect_chain == [(f"{room}agreement/", 302)]
    assert "Everybody agrees, so it is in force." in answer.content.decode()
    assert "I accept this" in answer.content.decode()


@pytest.mark.parametrize("joining", ["open", "request"])
def test_a_way_in_by_the_door_needs_a_door(as_, cast, joining):
    """Else it would be adopted, and nobody could come in."""
    dev = a_room(cast["dev"])[0]
    address = f"/caucuses/{dev.caucus_id}/agreement/propose/"
    without = {name: value for name, value in typed(joining=joining).items() if name != "is_listed"}

    answer = as_("dev").post(address, without)
    invited = as_("dev").post(address, {**without, "joining": "invitation"})

    assert answer.status_code == 200
    assert "Without a door nobody finds this way in." in answer.text
    assert "We rush in." in answer.text
    assert invited.status_code == 302
    assert fresh(dev).caucus.agreement == 2


def test_it_is_adopted_on_its_day_when_nobody_objects(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, OTHER)

    assert decide_due(proposal.decides_at - timedelta(seconds=1)) == 0
    assert decide_due(proposal.decides_at) == 1
    assert decide_due(proposal.decides_at) == 0

    assert proposal.decides_at - proposal.made_at == timedelta(days=3)
    assert state(proposal) == "adopted"
    assert fresh(elu).must_accept


def test_it_is_dropped_on_its_day_when_somebody_objects(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, OTHER)
    say(elu, proposal, StanceKind.OBJECT)

    doors.ask("every_minute", now=proposal.decides_at)

    assert state(proposal) == "dropped"
    assert fresh(dev).caucus.agreement == 1
    assert Event.objects.filter(what="not_adopted").count() == 1


def test_one_can_change_their_mind_and_then_all_agree(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, OTHER)
    address = f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/"
    client = as_("elu")

    without = client.post(f"{address}answer/", {"kind": "object", "words": " "})
    with_words = client.post(f"{address}answer/", {"kind": "object", "words": "Silence scares me."})
    seen = as_("dev").get(address).content.decode()
    client.post(f"{address}answer/", {"kind": "agree", "words": ""})

    assert "Say what you object to" in without.content.decode()
    assert with_words.url == address
    assert "Silence scares me." in seen
    assert "objects" in seen
    assert Stance.objects.filter(seat=elu).count() == 1
    assert state(proposal) == "adopted"


def test_a_facilitator_has_no_more_say(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    proposal = propose(elu, OTHER)
    say(dev, proposal, StanceKind.AGREE)

    assert state(proposal) == "open"
    say(jo, proposal, StanceKind.OBJECT)
    decide_due(proposal.decides_at)
    assert state(proposal) == "dropped"


def test_who_has_not_accepted_keeps_nobody_waiting(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    join(dev, cast["jo"], has_accepted=False)
    proposal = propose(dev, OTHER)

    say(elu, proposal, StanceKind.AGREE)

    assert state(proposal) == "adopted"


def test_who_leaves_takes_their_word_along_and_the_rest_decide(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    proposal = propose(dev, OTHER)
    say(elu, proposal, StanceKind.AGREE)
    say(jo, proposal, StanceKind.OBJECT)

    leave_caucus(seat=fresh(jo), with_posts=True)

    assert state(proposal) == "adopted"
    assert Stance.objects.filter(proposal=proposal).count() == 2


def test_who_proposed_and_left_leaves_the_proposal_to_the_others(as_, cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    proposal = propose(elu, OTHER)

    leave_caucus(seat=fresh(elu), with_posts=False)
    page = as_("jo").get(f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/")

    assert "Proposed by a former member" in page.content.decode()
    assert state(proposal) == "open"
    assert fresh(jo).caucus.agreement == 1


def test_its_maker_takes_it_back_and_nobody_else(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(elu, OTHER)
    address = f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/"

    assert as_("dev").post(f"{address}withdraw/").status_code == 403
    assert as_("elu").post(f"{address}withdraw/").url == address
    again = as_("elu").post(f"{address}withdraw/", follow=True).content.decode()

    assert state(proposal) == "dropped"
    assert "Nothing more happened" in again
    with pytest.raises(Decided):
        withdraw_proposal(seat=fresh(elu), proposal=proposal)


def test_what_was_said_to_a_proposal_that_was_decided_meanwhile_is_kept(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(elu, OTHER)
    withdraw_proposal(seat=fresh(elu), proposal=proposal)
    address = f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/"

    answer = as_("dev").post(f"{address}answer/", {"kind": "object", "words": "I need sound."})

    assert answer.status_code == 409
    assert "I need sound." in answer.content.decode()
    assert Stance.objects.filter(seat=dev).count() == 0


def test_one_is_considered_at_a_time_and_what_was_typed_is_kept(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    propose(elu, OTHER)
    room = f"/caucuses/{dev.caucus_id}/"

    page = as_("dev").get(f"{room}agreement/propose/").content.decode()
    answer = as_("dev").post(f"{room}agreement/propose/", typed(why="We need a song."))

    assert "there is one at a time" in page
    assert '<form class="form"' not in page
    assert answer.status_code == 409
    assert "We need a song." in answer.content.decode()
    with pytest.raises(OneIsOpen):
        propose(dev, "We sing.")


def test_a_proposal_on_an_older_agreement_stands_beside_the_new_one(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    change(dev, elu, text="We listen.")
    accept_agreement(seat=fresh(elu), number=2)
    room = f"/caucuses/{dev.caucus_id}/"

    answer = as_("elu").post(f"{room}agreement/propose/", typed())
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "We listen." in page
    assert OTHER in page
    assert 'name="changes" value="2"' in page
    seat = fresh(elu)
    terms = terms_in(in_force(seat.caucus))
    with pytest.raises(NotThatOne):
        propose_change(seat=seat, text=OTHER, terms=terms, why="So.", changes=1)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Write down what the room agrees on."),
        ({"text": "a" * 10_001}, "10,001 characters; 10,000 fit"),
        ({"name": "n" * 81}, "81 characters; 80 fit"),
        ({"why": ""}, "Say in a sentence why."),
        ({"joining": "x"}, "Choose one of the three ways."),
        ({"wait_days": "0"}, "Choose a number of days from 1 to 30."),
        ({"wait_days": "31"}, "Choose a number of days from 1 to 30."),
        ({"keeping": "cohort"}, "Choose the cohort with whose end the words go."),
        ({"keeping": "cohort", "cohort": "x"}, "Choose a cohort that you are in."),
    ],
)
def test_what_cannot_be_proposed_gets_a_sentence_and_stays_typed(as_, cast, given, sentence):
    dev = a_room(cast["dev"])[0]

    answer = as_("dev").post(f"/caucuses/{dev.caucus_id}/agreement/propose/", typed(**given))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "To begin quietly." in answer.content.decode()
    assert Proposal.objects.filter(caucus=dev.caucus).count() == 0


def test_what_is_in_force_already_is_no_proposal(as_, cast):
    _dev, elu = a_room(cast["dev"], cast["elu"])

    with pytest.raises(NothingChanges):
        propose(elu)


def test_words_go_with_a_cohort_of_the_proposer_alone(cast):
    dev, fay = a_room(cast["dev"], cast["fay"])
    spring = Cohort.objects.get(slug="spring").pk

    with pytest.raises(NotYourCohort):
        propose(fay, keeping=Keeping.COHORT, cohort=spring)
    change(dev, fay, keeping=Keeping.COHORT, cohort=spring)
    accept_agreement(seat=fresh(fay), number=2)
    propose(fay, OTHER)  # what is agreed already stays, whoever proposes something else

    assert Proposal.objects.filter(caucus=dev.caucus, state="open").count() == 1


def test_a_newcomer_reads_the_open_proposal_and_not_what_was_said_before(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    old = propose(dev, "We sing.")
    withdraw_proposal(seat=fresh(dev), proposal=old)
    proposal = propose(dev, OTHER)
    say(elu, proposal, StanceKind.OBJECT, "Silence scares me.")
    jo = join(fresh(dev), cast["jo"])
    room = f"/caucuses/{dev.caucus_id}/agreement/proposals/"

    page = as_("jo").get(f"{room}{proposal.pk}/").content.decode()

    assert "Silence scares me." not in page
    assert as_("jo").get(f"{room}{old.pk}/").status_code == 404
    assert list(proposals_visible_to(jo)) == [proposal]
    assert [row for row in Proposal.objects.all() if can_see_proposal(jo, row)] == [proposal]
    assert list(stances_visible_to(jo)) == []
    assert not any(can_see_stance(jo, row) for row in Stance.objects.all())
    assert any(can_see_stance(fresh(dev), row) for row in stances_visible_to(fresh(dev)))


def test_a_proposal_of_another_room_is_not_found(as_, cast):
    dev = a_room(cast["dev"])[0]
    other = a_room(cast["elu"])[0]
    join(other, cast["jo"])
    proposal = propose(other, OTHER)

    address = f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/"

    assert as_("dev").get(address).status_code == 404
    assert as_("dev").post(f"{address}answer/", {"kind": "agree"}).status_code == 404


def test_a_proposal_that_cannot_be_opened_is_shown_as_such_and_dropped_on_its_day(as_, cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, OTHER, joining=Joining.OPEN)
    damage(proposal, "text", "why")

    page = as_("elu").get(f"/caucuses/{dev.caucus_id}/agreement/proposals/{proposal.pk}/")
    say(elu, proposal, StanceKind.AGREE, "")

    assert page.content.decode().count("This cannot be opened.") == 2
    assert state(proposal) == "open"
    decide_due(timezone.now() + timedelta(days=4))
    assert state(proposal) == "dropped"
    assert Seat.objects.get(pk=dev.pk).accepted == fresh(dev).caucus.agreement


def test_a_room_of_90_days_keeps_decided_proposals_and_objections_no_longer(cast):
    """What it agreed on stays, and so does a proposal that is still open, or to which somebody spoke later."""
    dev, elu = a_room(cast["dev"], cast["elu"], keeping=Keeping.DAYS_90)
    change(dev, elu, text=OTHER)
    accept_agreement(seat=fresh(elu), number=2)
    for number in range(2):
        dropped = propose(fresh(dev), text=f"{OTHER} {number}")
        say(elu, dropped, StanceKind.OBJECT)
        decide_due(timezone.now() + timedelta(days=4))
    waiting = propose(fresh(dev), text=f"{OTHER} Again.")
    old = timezone.now() - timedelta(days=91)
    Proposal.objects.update(made_at=old)
    Stance.objects.exclude(proposal=dropped.pk).update(at=old)

    expire_words(now=timezone.now())

    assert {row.pk for row in Proposal.objects.all()} == {dropped.pk, waiting.pk}
    assert str(Stance.objects.get(kind=StanceKind.OBJECT).words) == "Not like this."
    assert str(in_force(fresh(dev).caucus).text) == OTHER


def test_a_room_that_keeps_everything_keeps_its_proposals(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    dropped = propose(dev, text=OTHER)
    say(elu, dropped, StanceKind.OBJECT)
    decide_due(timezone.now() + timedelta(days=4))
    Proposal.objects.update(made_at=timezone.now() - timedelta(days=400))

    expire_words(now=timezone.now())

    assert Proposal.objects.exists()
