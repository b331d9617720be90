"""A database that does not answer is a 503, and what was typed comes back in it (threats H3, H5)."""

import sqlite3
from contextlib import closing
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from cohorts.models import Announcement
from home.management.commands.prepare import _words

pytestmark = pytest.mark.django_db

WORDS = "three paragraphs\nthat took an hour <b>"


@pytest.fixture
def dev(cast, settings):
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    client = Client(raise_request_exception=False)
    client.force_login(cast["dev"])
    return client


def test_the_page_says_so_and_keeps_what_was_typed(dev):
    typed = {"text": WORDS, "csrfmiddlewaretoken": "of-the-form", "password": "hunter-canary"}

    answer = dev.post("/breaks/database/", typed)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "three paragraphs\nthat took an hour &lt;b&gt;</textarea>" in answer.text
    assert 'action="/breaks/database/"' in answer.text
    assert 'name="csrfmiddlewaretoken" value="of-the-form"' in answer.text
    assert "hunter-canary" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_page_that_was_only_read_has_nothing_to_keep(dev):
    answer = dev.get("/breaks/database/")

    assert answer.status_code == 503
    assert "<form" not in answer.text
    assert "To the front page" in answer.text


def test_what_another_site_sent_does_not_come_back(dev):
    answer = dev.post("/breaks/database/", {"text": WORDS}, headers={"origin": "https://evil.example"})  # fmt: skip

    assert answer.status_code == 503
    assert "three paragraphs" not in answer.text


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_database_held_by_a_long_writer_gives_back_what_was_typed_and_takes_it_afterwards(as_):
    """H5: on SQLite one writer holds the whole database. Pages are read meanwhile."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock on a whole database.")
    mo, form = as_("mo"), {"text": WORDS, "once": str(uuid4())}
    mo.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 200")  # ten seconds on a site
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        held = mo.post("/cohorts/spring/announcements/", form)
        read = [mo.get(path).status_code for path in ("/today/", "/cohorts/spring/", "/learn/")]
        writer.execute("ROLLBACK")

    assert (held.status_code, held.headers["Retry-After"]) == (503, "60")
    assert "three paragraphs\nthat took an hour &lt;b&gt;</textarea>" in held.text
    assert read == [200, 200, 200]
    assert Announcement.objects.filter(text=WORDS).count() == 0
    assert mo.post("/cohorts/spring/announcements/", form).status_code == 302
    assert Announcement.objects.filter(text=WORDS).count() == 1


@pytest.mark.postgres
def test_what_a_start_says_of_a_database_error_quotes_no_row():
    """PostgreSQL adds the whole row that a step failed at; a migration may meet any row."""
    query = "INSERT INTO notices_chore (name) VALUES ('words-of-a-row')"
    with pytest.raises(IntegrityError) as failed, transaction.atomic(), connection.cursor() as cursor:  # fmt: skip
        cursor.execute(query)

    assert "words-of-a-row" in str(failed.value)
    assert _words(failed.value).startswith('null value in column "next_at"')
    assert "words-of-a-row" not in _words(failed.value)
    assert _words(IntegrityError()) == "IntegrityError"
