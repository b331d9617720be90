"""The house of these stories, and a mail folder and a heartbeat of their own."""

import pytest

from cohorts.models import Prompt
from tests.cohorts.house import House, settle
from tests.cohorts.talking import asked_in


@pytest.fixture
def house(cast) -> House:
    """The cast, and a cohort of four of them."""
    return settle(cast)


@pytest.fixture
def prompt(house) -> Prompt:
    """A question that Dev opened in Larch."""
    return asked_in(house.larch, house.dev)


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Mail and the heartbeat of one story stay in its own folder."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"  # pytest-django swaps it
    settings.VAR = tmp_path
    settings.MAIL_DELIVERY = {"kind": "file", "folder": str(tmp_path / "mail")}
