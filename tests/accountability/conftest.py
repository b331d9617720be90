"""Mail goes to the outbox as it does in earnest, so that the stories can read a code."""

import pytest


@pytest.fixture(autouse=True)
def real_outbox(settings):
    """pytest-django swaps the mail backend; these stories read the outbox."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"
