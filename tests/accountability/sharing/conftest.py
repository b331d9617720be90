"""Dev and Elu are a pair."""

import pytest

from accountability.buddies.actions import form_pair
from accountability.buddies.choices import CameAbout
from tests.accountability.sharing.story import entry_of, shared


@pytest.fixture
def pair(cast):
    return form_pair(members=[cast["dev"], cast["elu"]], came_about=CameAbout.ASKED)


@pytest.fixture
def entry(cast):
    return entry_of(cast["dev"])


@pytest.fixture
def excerpt(cast, pair, entry):
    return shared(cast["dev"], pair, entry)
