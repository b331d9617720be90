"""Two at the same moment, each with a connection of their own: no answer is lost, doubled, or counted after the close."""

import pytest

from backbone.pulse.actions import CannotOpenPulse, PulseIsClosed, answer_pulse, close_pulse
from backbone.pulse.chores import move_ballots
from backbone.pulse.models import Ballot, Pulse
from tests.backbone.pulse.story import answered, flags, grow, in_the_box, in_the_table, opened
from tests.backbone.test_cohorts_at_once import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.usefixtures("no_pulses"),
]


def told(act, *refusals):
    """The act, with its refusal as a result."""

    def done():
        try:
            return act()
        except refusals as refusal:
            return refusal

    return done


def test_two_who_answer_at_once_are_both_in_the_box(cast):
    pulse = opened(cast["mo"])

    results = at_once(
        lambda: answer_pulse(pulse=pulse, choices=[1], by=cast["dev"]),
        lambda: answer_pulse(pulse=pulse, choices=[2], by=cast["elu"]),
    )

    assert results == ["bool", "bool"]
    assert in_the_box(pulse) == ["1", "2"]
    assert sum(flags(pulse).values()) == 2


def test_two_presses_of_one_at_once_are_one(cast):
    pulse = opened(cast["mo"])

    at_once(*[lambda: answer_pulse(pulse=pulse, choices=[1], by=cast["dev"])] * 2)

    assert in_the_box(pulse) == ["1"]


def test_who_answers_while_a_batch_goes_is_not_lost(cast):
    grow(20)
    pulse = opened(cast["mo"])
    answered(pulse, *[(1,)] * 12)

    at_once(
        lambda: move_ballots(pulse),
        lambda: answer_pulse(pulse=pulse, choices=[2], by=cast["dev"]),
        lambda: move_ballots(pulse),
    )

    assert sorted(in_the_box(pulse) + in_the_table(pulse)) == ["1"] * 12 + ["2"]


def test_who_answers_while_it_closes_is_counted_or_told(cast):
    grow(20)
    pulse = opened(cast["mo"])
    answered(pulse, *[(1,)] * 7, *[(2,)] * 6)

    results = at_once(
        lambda: close_pulse(pulse=pulse, by=None),
        told(lambda: answer_pulse(pulse=pulse, choices=[1], by=cast["dev"]), PulseIsClosed),
    )

    counted = {"bool": 8, "PulseIsClosed": 7}[next(one for one in results if one != "Pulse")]
    counts = Pulse.objects.get().result[0]["counts"]
    assert counts[0] == counted
    assert not Ballot.objects.exists()


def test_of_two_who_open_at_once_one_is_told(cast):
    results = at_once(
        told(lambda: opened(cast["mo"]), CannotOpenPulse),
        told(lambda: opened(cast["ana"]), CannotOpenPulse),
    )

    assert results == ["AlreadyOpen", "Pulse"]
    assert Pulse.objects.count() == 1
