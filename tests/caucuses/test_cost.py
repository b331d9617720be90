"""What many rooms cost who looks at the list or at a door: rows are made of listed rooms and of one's own, secrets opened once."""

import pytest

from caucuses import opened
from caucuses.standing import standings_of
from core.crypto import owners
from core.crypto.fields import EncryptedTextField
from tests.caucuses.story import a_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def unsealed(monkeypatch):
    """The labels of what was opened."""
    labels, real = [], EncryptedTextField.open_of

    def counted(self, value, **given):
        labels.append(self.label)
        return real(self, value, **given)

    monkeypatch.setattr(EncryptedTextField, "open_of", counted)
    return labels


def test_secrets_are_opened_once_in_twenty_seconds_and_no_other_room_is_made(cast, unsealed):
    for number in range(3):
        a_room(cast["elu"], name=f"Hidden {number}")
    opened._remembered.clear()

    first, again = (standings_of(cast["gus"]) for _ in range(2))

    assert unsealed == ["caucuses.caucus.secret"] * 3
    assert first.by_id == again.by_id == {}
    owners.forget()
    standings_of(cast["gus"])
    assert len(unsealed) == 6
