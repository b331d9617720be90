"""The house of these stories: the cast, Larch with four of them, and mail in the outbox."""

import pytest

from tests.cohorts.house import House, settle


@pytest.fixture
def house(cast) -> House:
    """The cast, and a cohort of four of them."""
    return settle(cast)


@pytest.fixture(autouse=True)
def own_outbox(settings):
    """Mail of one story stays in the outbox."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"  # pytest-django swaps it
