"""Files and mail of one story stay in its own folder, and nothing that another story failed with is told here."""

import pytest

from core import doors, faults
from notices import alarms


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Nothing was said before, by whichever process of these stories."""
    settings.EMAIL_BACKEND = "notices.backends.OutboxEmailBackend"  # pytest-django swaps it
    settings.VAR = tmp_path
    settings.MAIL_DELIVERY = {"kind": "file", "folder": str(tmp_path / "mail")}
    alarms._logged.clear()
    faults._seen.clear()


@pytest.fixture
def only_signs(monkeypatch):
    """Takes all signs away, so that a story says its own."""
    monkeypatch.setitem(doors._offers, "sign", [])
    return lambda *offers: [doors.offer("sign", one) for one in offers]
