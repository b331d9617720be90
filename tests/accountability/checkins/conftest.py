"""The clock stands on the Monday on which these stories begin, before anybody of the cast has a buddy."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from accountability.buddies.models import Pair
from tests.accountability.checkins.story import MONDAY, pair_up


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock, which a story moves on."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pair(clock, cast):
    """Dev and Elu, with their rhythm."""
    return pair_up(cast, "dev", "elu")


@pytest.fixture(autouse=True)
def nobody_yet(request: pytest.FixtureRequest) -> None:
    """Take the pairs of the demonstration apart, where the story has a database at all."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("cast")
        Pair.objects.all().delete()
