"""A disk that is full, or nearly: a sentence and what was typed, and reading and signing in go on (threats H4)."""

import errno
import resource
import sqlite3
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from cohorts.models import Announcement
from core import health
from core.disk import is_full
from home.demo.initiative import PASSWORD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "three paragraphs that took an hour"
POST = "/cohorts/spring/announcements/"
READ = ("/today/", "/cohorts/spring/", "/learn/", "/healthz")
SENTENCE = "This site has no room left to keep anything new, so nothing was changed."


@pytest.fixture
def nearly_full(settings):
    """The disk has less left than is kept for what must go on."""
    settings.LEAST_ROOM = 10**18


def test_what_is_written_comes_back_with_a_sentence(as_, nearly_full):
    dev = as_("dev")
    typed = {"chosen_name": WORDS, "email": "dev@riverton.example"}

    answer = dev.post("/commitments/new/", {"text": WORDS})

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert SENTENCE in answer.text
    assert WORDS in answer.text
    assert dev.post("/journal/write/", typed).status_code in {403, 503}  # locked, or no room


def test_reading_signing_in_and_out_and_one_s_own_account_go_on(nearly_full):
    dev = Client()
    given = {"login": "dev@riverton.example", "password": PASSWORD}

    signed_in = dev.post("/account/login/", given)
    read = [dev.get(path).status_code for path in ("/today/", "/learn/", "/cohorts/spring/")]
    signed_out = dev.post("/account/logout/")

    assert (signed_in.status_code, read, signed_out.status_code) == (302, [200, 200, 200], 302)


def test_who_may_not_know_of_an_address_learns_nothing_by_it(as_, nearly_full):
    answer = as_("dev").post("/backbone/invitations/", {"email": "x@riverton.example"})

    assert answer.status_code == 404


def test_room_that_is_there_again_is_enough(as_, settings):
    settings.LEAST_ROOM = 10**18
    dev = as_("dev")
    refused = dev.post("/account/notices/read/"), dev.post("/commitments/new/", {"text": WORDS})

    settings.LEAST_ROOM = 0

    assert [answer.status_code for answer in refused] == [302, 503]
    assert dev.post("/commitments/new/", {"text": WORDS}).status_code != 503


def of_sqlite(name):
    problem = sqlite3.OperationalError("database or disk is full")
    problem.sqlite_errorname = name
    return wrapped(problem)


def wrapped(cause):
    problem = OperationalError("as Django gives it")
    problem.__cause__ = cause
    return problem


class OfPostgres(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("problem", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Quota"), True),
        (OSError(errno.EACCES, "Denied"), False),
        (of_sqlite("SQLITE_FULL"), True),
        (of_sqlite("SQLITE_IOERR_WRITE"), True),
        (of_sqlite("SQLITE_BUSY"), False),
        (wrapped(OfPostgres("53100")), True),
        (wrapped(OfPostgres("57P01")), False),
        (None, False),
    ],
)
def test_an_error_that_means_no_room_is_known_by_its_number(problem, full):
    assert is_full(problem) is full


def test_a_full_disk_in_the_middle_of_a_view_is_a_503_with_the_sentence(cast, settings):
    settings.ROOT_URLCONF = "tests.core.urls_that_break"
    dev = Client(raise_request_exception=False)
    dev.force_login(User.objects.get(pk=cast["dev"].pk))

    answer = dev.post("/breaks/full/", {"text": WORDS})

    assert answer.status_code == 503
    assert SENTENCE in answer.text
    assert WORDS in answer.text


@pytest.mark.postgres
def test_a_database_that_was_not_migrated_is_a_503_on_postgres_too(cast, settings):
    settings.ROOT_URLCONF = "tests.core.urls_that_break"

    answer = Client(raise_request_exception=False).get("/breaks/unmigrated/")

    assert answer.status_code == 503


@contextmanager
def a_full_disk():
    """This process may write no further into any file: each write then fails, as on a full disk. A real one needs an administrator."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_disk_that_takes_nothing_loses_nothing_and_is_over_when_it_is_over(as_, monkeypatch):
    """H4: what is written comes back, what is read is read, and nobody has to start anything anew."""
    if connection.vendor != "sqlite":
        pytest.skip("The files of a PostgreSQL are another program's.")
    monkeypatch.setattr(health, "PATIENCE", 20)
    mo, form = as_("mo"), {"text": WORDS, "once": str(uuid4())}
    mo.raise_request_exception = False
    guess = {"login": "dev@riverton.example", "password": PASSWORD}
    assert health.missing_parts() == []

    with a_full_disk():
        refused = mo.post(POST, form)
        read = {path: mo.get(path).status_code for path in READ}
        another = Client(raise_request_exception=False).post("/account/login/", guess)
        missing = health.missing_parts()

    assert (refused.status_code, WORDS in refused.text) == (503, True)
    assert (
        "othing was changed" in refused.text
    )  # which of SQLite's files cannot grow decides on the rest
    assert read == dict.fromkeys(READ, 200)
    # no try can be counted, so none is let in; while some megabytes are left, signing in works (above)
    assert another.status_code == 429
    assert missing[-1:] == ["disk"]  # a database may say so, too
    assert Announcement.objects.filter(text=WORDS).count() == 0
    assert mo.post(POST, form).status_code == 302
    assert Announcement.objects.filter(text=WORDS).count() == 1
    assert Client().post("/account/login/", guess).status_code == 302
    assert health.missing_parts() == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchall() == [("ok",)]
