"""Nobody learns a hidden count to within fewer than five values, nor anything of another person. D1, D2, D4, D5, D7."""

from itertools import combinations_with_replacement
from math import prod
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis.configuration import set_hypothesis_home_dir

from core.suppression import Kind
from tests.core.suppression.adversary import Adversary, Story, all_learned, readers
from tests.core.suppression.histories import histories, weeks_of

set_hypothesis_home_dir(Path(__file__).parents[3] / "var" / "hypothesis")

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def search_is_small(story):
    """Where so many came and went at different times that there are many small groups, the search would take minutes."""
    return prod(Adversary(story).size) <= 20_000


@MANY
@given(histories(Kind.LASTING))
def test_nothing_is_learned_of_what_lasts_whoever_comes_leaves_or_is_named(weeks):
    assume(search_is_small(story := Story(weeks)))

    assert all_learned(story) == []


@MANY
@given(histories(Kind.FREE))
def test_nothing_is_learned_of_what_changes_freely(weeks):
    assert all_learned(Story(weeks)) == []


@pytest.mark.parametrize("people", [12, 13, 14, 17, 18, 23, 24])
def test_every_story_of_three_weeks_with_the_same_people(people):
    """All totals that can follow each other, each row of publications attacked by everybody who can have seen it."""
    tried = {}
    for totals in combinations_with_replacement(range(people + 1), 3):
        story = Story(weeks_of(totals, people))
        row = tuple(published.shown for published in story.seen)
        for adversary in readers(story):
            own = tuple(adversary.own(week) for week in range(3))
            tried.setdefault((row, adversary.me is None, own), adversary)

    assert [fault for adversary in tried.values() for fault in adversary.learned()] == []
