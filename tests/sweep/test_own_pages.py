"""The other half of the sweep: on Dev's own pages each word is found. A sweep that finds nothing anywhere proves nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.hands import log_in
from tests.sweep.places import response
from tests.sweep.plants import AUTHOR, private_fields

pytestmark = pytest.mark.django_db

ENTRY = {f"journal.Entry.{name}" for name in ("title", "body", "html", "tags", "prompt", "about")}
DRAFT = {f"journal.Draft.{name}" for name in ("title", "body", "tags", "prompt", "about")}
#: Page, what it is about, method, and the words that stand on it.
PAGES = [
    ("entry_list", None, "get", {"journal.Entry.title"}),
    ("entry_show", "journal.Entry", "get", ENTRY),
    ("entry_edit", "journal.Entry", "get", ENTRY),
    ("entry_edit", "journal.Draft", "get", DRAFT),
    ("entry_print", None, "get", ENTRY),
    ("export_show", None, "post", ENTRY),
]


@pytest.fixture
def dev(planted):
    """Dev's client, which has just signed in with the password: that opens the journal."""
    client = Client()
    log_in(client, AUTHOR)
    return client


@pytest.mark.parametrize(
    ("name", "about", "method", "expected"), PAGES, ids=[f"{name} {about or ''}".strip() for name, about, *_ in PAGES]
)  # fmt: skip
def test_dev_finds_his_words_where_they_belong(dev, planted, words, name, about, method, expected):
    """F1 for the export."""
    path = reverse(f"journal:{name}", args=[planted[about].pk] if about else [])

    said = response(getattr(dev, method)(path + ("?which=all" if name == "entry_print" else "")))

    assert words.names_in(said) >= expected


@pytest.mark.parametrize("field", ["title", "body", "tags"])
def test_he_finds_an_entry_by_what_it_says(dev, planted, words, field):
    path = reverse("journal:entry_search")

    said = dev.post(path, {"words": words.words[f"journal.Entry.{field}"]}).text

    assert str(planted["journal.Entry"].pk) in said


def test_no_private_field_is_left_out():
    assert set().union(*(expected for *_page, expected in PAGES)) == set(private_fields())
