"""Two presses at the same moment: one takes effect, the other gets a sentence, and nothing is doubled."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from caucuses.actions import (
    Decided,
    GoneAlready,
    begin_to_facilitate,
    leave_caucus,
    remove_seat,
    rename_seat,
    step_back,
    take_stance,
    withdraw_proposal,
)
from caucuses.actions.holding import AgreementChanged
from caucuses.actions.proposing import decide_due
from caucuses.choices import StanceKind
from caucuses.models import Agreement, Caucus, Parting, Proposal, Seat
from tests.caucuses.changing import fresh, propose
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Every act in a thread of its own, begun together; the names of what each raised, None where it took effect."""
    outcomes, start = [None] * len(acts), threading.Barrier(len(acts))

    def run(number, act):
        try:
            start.wait()
            act()
        except Exception as problem:
            outcomes[number] = type(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_word_comes_while_the_day_decides(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, "We sing.")
    seat = fresh(elu)

    said, decided = at_once(
        lambda: take_stance(seat=seat, proposal=proposal, kind=StanceKind.OBJECT, words="No."),
        lambda: decide_due(proposal.decides_at),
    )

    state = Proposal.objects.get(pk=proposal.pk).state
    versions = Agreement.objects.filter(caucus=dev.caucus).count()
    assert decided is None
    assert (said, state, versions) in {
        (None, "dropped", 1),
        (AgreementChanged, "adopted", 2),
    }


def test_two_agree_last_and_it_is_adopted_once(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    proposal = propose(dev, "We sing.")
    seats = [fresh(elu), fresh(jo)]

    outcomes = at_once(
        *(
            lambda seat=seat: take_stance(seat=seat, proposal=proposal, kind=StanceKind.AGREE)
            for seat in seats
        ),
        lambda: decide_due(proposal.made_at),
    )

    assert outcomes == [None, None, None]
    assert Agreement.objects.filter(caucus=dev.caucus).count() == 2


def test_it_is_taken_back_while_another_agrees(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    proposal = propose(dev, "We sing.")
    mine, others = fresh(dev), fresh(elu)

    back, said = at_once(
        lambda: withdraw_proposal(seat=mine, proposal=proposal),
        lambda: take_stance(seat=others, proposal=proposal, kind=StanceKind.AGREE),
    )

    assert (back, said) in {(None, Decided), (AgreementChanged, None)}


def test_somebody_is_removed_while_they_act(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    mine, others = fresh(dev), fresh(elu)

    removed, renamed = at_once(
        lambda: remove_seat(seat=mine, other=elu, reason="So."),
        lambda: rename_seat(seat=others, typed="River"),
    )

    assert removed is None
    assert renamed in {None, PermissionDenied}
    assert not Seat.objects.filter(pk=elu.pk).exists()
    assert Parting.objects.filter(caucus=dev.caucus).count() == 1


def test_two_facilitators_remove_the_same_member_at_once(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    Seat.objects.filter(pk=elu.pk).update(is_facilitator=True)
    seats = [fresh(dev), fresh(elu)]

    outcomes = at_once(
        *(lambda seat=seat: remove_seat(seat=seat, other=jo, reason="So.") for seat in seats)
    )

    assert set(outcomes) == {None, GoneAlready}
    assert Parting.objects.filter(caucus=dev.caucus).count() == 1


def test_the_last_two_leave_at_once(cast):
    dev, elu = a_room(cast["dev"], cast["elu"])
    seats = [fresh(dev), fresh(elu)]

    outcomes = at_once(
        *(lambda seat=seat: leave_caucus(seat=seat, with_posts=True) for seat in seats)
    )

    assert outcomes == [None, None]
    assert not Caucus.objects.filter(pk=dev.caucus_id).exists()


def test_two_take_the_role_at_once(cast):
    dev, elu, jo = a_room(cast["dev"], cast["elu"], cast["jo"])
    step_back(seat=fresh(dev))
    seats = [fresh(elu), fresh(jo)]

    outcomes = at_once(*(lambda seat=seat: begin_to_facilitate(seat=seat) for seat in seats))

    assert outcomes.count(None) == 1
    assert Seat.objects.filter(caucus=dev.caucus, is_facilitator=True).count() == 1
