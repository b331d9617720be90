"""The room of the stories of reports."""

from __future__ import annotations

from typing import Any

import pytest

from caucuses.models import Seat
from tests.caucuses.concerns.hands import facilitating
from tests.caucuses.story import a_room


@pytest.fixture
def seats(cast: dict[str, Any]) -> list[Seat]:
    """Dev and Ana facilitate; Elu and Hana are there."""
    found = a_room(cast["dev"], cast["elu"], cast["hana"], cast["ana"])
    return [*found[:3], facilitating(found[3])]
