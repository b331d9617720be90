"""Mail goes to the outbox as it does in earnest."""

import pytest


@pytest.fixture(autouse=True)
def real_outbox(settings):
    """pytest-django swaps the mail backend; these stories read the outbox."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"
