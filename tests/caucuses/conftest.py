"""Stories of rooms begin where nothing has been said yet: what the demonstration's caucuses hold would stand in every count."""

import pytest

from caucuses.bringback.models import Note, Released
from caucuses.meetings.models import Meeting
from caucuses.models import JoinRequest, Proposal
from caucuses.threads.models import Thread

#: These look at the whole site, the demonstration in it.
OF_THE_WHOLE_SITE = {"test_crawling", "test_demonstration", "test_dump", "test_keyholder", "test_logs", "test_no_trace"}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_said(request):
    """Empty the caucuses of the demonstration, whose seats stay."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or request.module.__name__.rpartition(".")[2] in OF_THE_WHOLE_SITE:
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    for model in (Note, Released, Meeting, JoinRequest, Proposal, Thread):
        model.objects.all().delete()
