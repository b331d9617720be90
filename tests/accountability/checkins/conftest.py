"""The clock stands on the Monday on which these stories begin."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

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
