"""Dev's room, with Elu in it and Fay, who is in no cohort."""

from __future__ import annotations

import pytest

from tests.caucuses.story import a_room


@pytest.fixture
def seats(cast):
    """Dev, who opened the room and facilitates it, Elu and Fay."""
    return a_room(cast["dev"], cast["elu"], cast["fay"])


@pytest.fixture
def dev(seats):
    """Dev's seat."""
    return seats[0]


@pytest.fixture
def elu(seats):
    """Elu's seat."""
    return seats[1]


@pytest.fixture
def fay(seats):
    """Fay's seat."""
    return seats[2]
