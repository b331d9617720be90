"""Nobody else reaches an entry: its addresses answer as those of an entry that never was (threats A2, A3, A8)."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accountability.journal.actions import delete_entry, destroy_entry
from accountability.journal.models import Draft, Entry
from tests.accountability.notebook import LIST, begin, write
from tests.accounts.hands import log_in

pytestmark = pytest.mark.django_db
ADDRESSES = [
    ("GET", "{}/"), ("GET", "{}/delete/"), ("POST", "{}/delete/"), ("POST", "{}/restore/"),
    ("GET", "{}/destroy/"), ("POST", "{}/destroy/"), ("GET", "print/?which={}"),
    ("POST", "{}/"), ("GET", "{}/restore/"),
]  # fmt: skip
CODES = dict.fromkeys(ADDRESSES[-2:], 405)
ONE_TIME = re.compile(
    r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}'
)
CHANGING = {"X-Request-Id", "X-Request-ID", "Set-Cookie"}


@pytest.fixture
def ben(cast):
    """Ben’s client, with the journal open."""
    client = Client()
    log_in(client, "ben")
    client.get(LIST)
    return client


@pytest.fixture
def ids(cast):
    """What Ben could try: entries and drafts of Dev, and what he himself destroyed."""
    dev, ben = cast["dev"], cast["ben"]
    entry, deleted = write(dev, "Dev’s own."), write(dev, "Dev’s, deleted.")
    delete_entry(by=dev, entry=deleted)
    draft = begin(dev, "Dev’s draft.")
    gone = write(ben, "Ben’s, destroyed.")
    gone_id = gone.pk
    destroy_entry(by=ben, entry=gone)
    return {"entry": entry.pk, "deleted": deleted.pk, "draft": draft.pk, "destroyed": gone_id}


def answer(client, method, address):
    """All of an answer that could tell something, and how often the database was asked."""
    with CaptureQueriesContext(connection) as seen:
        found = getattr(client, method.lower())(address)
    headers = {name: value for name, value in found.headers.items() if name not in CHANGING}
    return found.status_code, headers, ONE_TIME.sub("", found.text), len(seen)


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_what_is_not_ones_own_is_what_never_was(ben, ids, method, address):
    before = list(Entry.objects.order_by("pk").values_list("pk", "deleted_at", "version"))
    unknown = answer(ben, method, "/journal/" + address.format(uuid4()))

    answers = {
        name: answer(ben, method, "/journal/" + address.format(pk)) for name, pk in ids.items()
    }

    assert unknown[0] == CODES.get((method, address), 404)
    assert answers == dict.fromkeys(ids, unknown)
    assert list(Entry.objects.order_by("pk").values_list("pk", "deleted_at", "version")) == before
    assert Draft.objects.count() == 1


def test_the_author_reaches_all_of_them(dev, ids):
    """The story above could see it if they were shown."""
    reached = [dev.get(f"/journal/{ids[name]}/").status_code for name in ("entry", "deleted")]

    assert reached == [200, 200]
    assert dev.get(f"/journal/print/?which={ids['entry']}").status_code == 200


@pytest.mark.parametrize("name", ["ana", "gus", "mo", "ben"])
def test_nobody_reads_a_word_of_it_anywhere_in_their_own(ids, name):
    client = Client()
    log_in(client, name)

    pages = [
        client.get(f"{LIST}{place}") for place in ("", "search/", "deleted/", "print/?which=all")
    ]
    pages.append(client.post(f"{LIST}search/", {"words": "own"}))

    assert [page.text.count("Dev’s") for page in pages] == [0] * 5


def test_a_draft_is_no_entry_to_read(dev, cast):
    draft = begin(cast["dev"], "Not yet.")

    assert dev.get(f"/journal/{draft.pk}/").status_code == 404
