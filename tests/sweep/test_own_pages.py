"""The other half of the sweep: on Dev's own pages each word is found. A sweep that finds nothing anywhere proves nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from scripts.traces import Words
from tests.accounts.hands import log_in
from tests.house.standing import standing
from tests.sweep.places import response
from tests.sweep.planting import PAGELESS, PAGES
from tests.sweep.planting.kinds import ids_in, person
from tests.sweep.plants import AUTHOR, plant, private_fields

pytestmark = pytest.mark.django_db

TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)


@pytest.fixture(scope="module")
def standing_rows(django_db_setup, django_db_blocker):
    """The words, the rows, and Dev's client, which has just signed in with the password: that opens the journal."""
    words, client = Words(), Client()
    with standing(django_db_blocker):
        with django_db_blocker.unblock():
            rows = plant(person(AUTHOR), words)
            log_in(client, AUTHOR)
        yield words, rows, client


@pytest.fixture
def words(standing_rows, db):
    return standing_rows[0]


@pytest.fixture
def planted(standing_rows, db):
    return standing_rows[1]


@pytest.fixture
def dev(standing_rows, db):
    return standing_rows[2]


@pytest.mark.parametrize("page", PAGES, ids=[f"{page.name} {page.about or ''} {page.data or ''}".strip() for page in PAGES])  # fmt: skip
def test_dev_finds_his_words_where_they_belong(dev, planted, words, page):
    """F1 for the export. None of them is in a header, a cookie or the title, which a browser's history keeps."""
    path = reverse(page.name, args=ids_in(page.about, planted))

    said = response(getattr(dev, page.method)(path, page.data))

    head, _gap, body = said.partition(b"\n\n")
    assert page.fields - words.names_in(body) == set()
    assert words.names_in(head + b"".join(TITLE.findall(body))) == set()


@pytest.mark.parametrize("field", ["title", "body", "tags"])
def test_he_finds_an_entry_by_what_it_says(dev, planted, words, field):
    path = reverse("journal:entry_search")

    said = dev.post(path, {"words": words.words[f"journal.Entry.{field}"]}).text

    assert str(planted["journal.Entry"].pk) in said


def test_no_private_field_is_left_out():
    shown = set().union(*(page.fields for page in PAGES))

    assert shown | set(PAGELESS) == set(private_fields())
    assert shown & set(PAGELESS) == set()
