"""Mail goes to the outbox as it does in earnest, into a folder of each story's own."""

import pytest


@pytest.fixture(autouse=True)
def own_mail(settings, tmp_path):
    """pytest-django swaps the mail backend; these stories read what was mailed."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"
    settings.VAR = tmp_path
    settings.MAIL_DELIVERY = {"kind": "file", "folder": str(tmp_path / "mail")}
