"""Dev, an entry of his, and the address where he writes in it."""

from uuid import uuid4

import pytest

from accountability.journal.actions import id_for, save_entry
from accountability.journal.texts import Text


@pytest.fixture
def member(cast):
    return cast["dev"]


@pytest.fixture
def entry(member):
    words = Text(title="Tuesday", body="I laughed.", tags=("meetings",))
    return save_entry(by=member, entry_id=id_for(member, uuid4()), text=words, seen=0)


@pytest.fixture
def address(entry):
    return f"/journal/{entry.pk}/write/"
