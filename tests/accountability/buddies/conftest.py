"""These stories begin before anybody of the cast has a buddy, is open to being asked, or has promised something."""

from __future__ import annotations

import pytest

from accountability.buddies.models import Openness, Pair
from accountability.commitments.models import Commitment


@pytest.fixture(autouse=True)
def nobody_yet(request: pytest.FixtureRequest) -> None:
    """Take the pairs of the demonstration apart, where the story has a database at all."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("cast")
        Pair.objects.all().delete()
        Openness.objects.all().delete()
        Commitment.objects.all().delete()
