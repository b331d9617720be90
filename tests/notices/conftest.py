"""The house of these stories, and a mail folder and a heartbeat of their own."""

import pytest

from tests.cohorts.house import House, settle


@pytest.fixture
def house(cast) -> House:
    """The cast, and a cohort of four of them."""
    return settle(cast)


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Mail and the heartbeat of one story stay in its own folder."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"  # pytest-django swaps it
    settings.VAR = tmp_path
    settings.MAIL_DELIVERY = {"kind": "file", "folder": str(tmp_path / "mail")}
