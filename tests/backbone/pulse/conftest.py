"""Stories about pulses begin without any."""

import pytest

from backbone.pulse.models import Pulse


@pytest.fixture
def no_pulses(db):
    """That of the demonstration is away."""
    Pulse.objects.all().delete()
