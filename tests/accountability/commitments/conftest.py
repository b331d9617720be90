"""These stories begin before anybody of the cast has promised something or holds a role."""

from __future__ import annotations

import pytest

from accountability.commitments.models import Commitment, OrganizationRole


@pytest.fixture(autouse=True)
def nothing_promised(request: pytest.FixtureRequest) -> None:
    """Take away what the demonstration promises, where the story has a database at all."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("cast")
        Commitment.objects.all().delete()
        OrganizationRole.objects.all().delete()
