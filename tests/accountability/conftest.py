"""Mail goes to the outbox as it does in earnest, so that the stories can read a code; Dev has signed in with his password."""

import pytest
from django.test import Client

from tests.accounts.hands import log_in


@pytest.fixture(autouse=True)
def real_outbox(settings):
    """pytest-django swaps the mail backend; these stories read the outbox."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"


@pytest.fixture
def dev(cast):
    """Dev’s client, which has just signed in with the password."""
    client = Client()
    log_in(client, "dev")
    return client
