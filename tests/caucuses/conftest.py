"""These stories begin before anybody of the cast is in a caucus. Those of the demonstration, and those that look at everything, keep it."""

from __future__ import annotations

import pytest

from caucuses.bringback.models import Released
from caucuses.models import Caucus

KEEP_THE_DEMONSTRATION = {
    "test_crawling",
    "test_demonstration",
    "test_dump",
    "test_keyholder",
    "test_logs",
    "test_no_trace",
}


@pytest.fixture(autouse=True)
def nobody_yet(request: pytest.FixtureRequest) -> None:
    """Take the rooms of the demonstration away, where the story has a database at all."""
    if request.node.path.stem in KEEP_THE_DEMONSTRATION:
        return
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("cast")
        Caucus.objects.all().delete()
        Released.objects.all().delete()
