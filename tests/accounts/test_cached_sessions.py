"""Log-ins of several machines: a row in the database and a copy in the shared store (`accounts.cachedsessions`)."""

import time

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import cachedsessions
from accounts.actions import suspend_member
from accounts.cachedsessions import SessionStore, _place
from accounts.restored import end_what_was_proved
from tests.accountability.hands import opens
from tests.accounts.hands import code_in, email_of, is_signed_in, log_in, mails_to
from tests.core.small_store import SmallStore

pytestmark = pytest.mark.django_db
SESSIONS = "django_session"


@pytest.fixture
def store(settings):
    """A shared store that these stories' sessions have their copies in."""
    made = SmallStore()
    made.hurry = 1
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": [made.address],
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        },
    }
    settings.SESSION_ENGINE = "accounts.cachedsessions"
    yield made
    made.end()


@pytest.fixture(autouse=True)
def nothing_is_left_alone(monkeypatch):
    monkeypatch.setitem(cachedsessions._away, "until", 0.0)


@pytest.fixture
def dev(store, cast):
    client = Client()
    log_in(client, "dev")
    return client


def key(client):
    return client.cookies["sessionid"].value


def another_machine(client):
    """A client with the same cookie, as a browser whose next request comes to another machine."""
    other = Client()
    other.cookies["sessionid"] = key(client)
    return other


def asked_for_sessions(client, address="/today/"):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in seen.captured_queries if SESSIONS in query["sql"]]


def test_a_page_reads_the_copy_and_no_row(dev):
    assert is_signed_in(dev)

    assert asked_for_sessions(dev) == []


def test_a_store_that_was_emptied_logs_nobody_out(dev, store):
    assert is_signed_in(dev)
    store.rows.clear()

    assert len(asked_for_sessions(dev)) == 2  # the row, and whether it is there still
    assert asked_for_sessions(dev) == []


def test_a_store_that_is_away_logs_nobody_out_and_they_can_still_sign_out(dev, store):
    store.end()

    assert is_signed_in(dev)
    same = another_machine(dev)
    dev.post("/account/logout/")
    assert not is_signed_in(same)


def test_a_session_that_is_ended_is_over_on_every_machine_at_once(dev):
    same = another_machine(dev)
    assert is_signed_in(same)

    dev.post("/account/logout/")

    assert not is_signed_in(same)
    assert cache.get(_place(key(same))) is None


def test_so_are_all_of_a_member_who_is_suspended(dev, cast):
    same = another_machine(dev)
    assert is_signed_in(same)

    suspend_member(by=cast["ana"], member=cast["dev"])

    assert (is_signed_in(dev), is_signed_in(same)) == (False, False)


def test_after_a_restore_no_copy_lets_anybody_in(dev):
    assert is_signed_in(dev)

    end_what_was_proved(now=timezone.now())

    assert not is_signed_in(dev)


def test_a_copy_that_somebody_forged_is_not_believed(dev, cast):
    own = Session.objects.get(pk=key(dev)).get_decoded()
    nobody = Client()
    nobody.cookies["sessionid"] = "a" * 32
    of_dev = cache.get(_place(key(dev)))
    for forged in ({**own}, "not signed at all", SessionStore().encode(own)[:-3], SessionStore().encode(own), of_dev):  # fmt: skip
        cache.set(_place("a" * 32), forged)

        assert not is_signed_in(nobody)


def test_a_lock_that_was_shut_on_another_machine_is_shut_here(dev, store):
    assert opens(dev)
    before = dict(store.rows)
    another_machine(dev).post("/journal/lock/")
    store.rows.update(before)  # the copy of before, as where the store could not be told

    assert not opens(dev)


def test_and_a_request_that_began_before_opens_it_no_more(dev):
    """It changes what it changes, and nothing else of the row."""
    assert opens(dev)
    session = SessionStore(key(dev))
    session["greeting"] = "seen"
    another_machine(dev).post("/journal/lock/")

    session.save()

    kept = Session.objects.get(pk=key(dev)).get_decoded()
    assert kept["greeting"] == "seen"
    assert not opens(dev)


def test_what_was_taken_out_stays_out(dev):
    session = SessionStore(key(dev))
    session["greeting"] = "seen"
    session.save()
    session = SessionStore(key(dev))

    del session["greeting"]
    session.save()

    assert "greeting" not in Session.objects.get(pk=key(dev)).get_decoded()
    assert "greeting" not in SessionStore(key(dev)).load()


def test_a_session_that_ended_meanwhile_is_not_written_back(dev):
    was = key(dev)
    session = SessionStore(was)
    session["greeting"] = "seen"
    dev.post("/account/logout/")

    with pytest.raises(UpdateError):
        session.save()

    assert not Session.objects.filter(pk=was).exists()
    assert cache.get(_place(was)) is None


def test_no_word_of_a_member_stands_in_a_copy(dev, store):
    """Where the store is, others may read: a copy holds what the row holds, an id and times."""
    assert opens(dev)

    assert store.rows
    assert not any(b"Dev" in value or b"@" in value for value in store.rows.values())
    assert not any(
        key(dev).encode() in name for name in store.rows
    )  # whoever reads it can be nobody


def test_who_has_no_session_yet_can_begin_one(store, cast):
    """As a link to an invitation does, a code by mail, and the second step of signing in."""
    session = SessionStore()
    session["greeting"] = "seen"
    session.save()

    assert SessionStore(session.session_key).load() == {"greeting": "seen"}
    nobody = Client()
    nobody.post("/account/login/code/", {"email": email_of("ben")})
    answer = nobody.post("/account/login/code/confirm/", {"code": code_in(mails_to(email_of("ben"))[-1])})  # fmt: skip
    assert answer.status_code == 302
    assert is_signed_in(nobody)


def test_signing_in_anew_in_the_same_browser_keeps_nothing_of_before(dev, cast):
    was = key(dev)
    dev.post("/account/logout/")

    log_in(dev, "dev")

    assert key(dev) != was
    assert is_signed_in(dev)
    assert opens(dev)


def test_a_lock_holds_against_a_request_that_read_the_row_before(dev, store):
    """The copy was missed, so both began with the row."""
    assert opens(dev)
    store.rows.clear()
    session = SessionStore(key(dev))
    session["greeting"] = "seen"
    another_machine(dev).post("/journal/lock/")

    session.save()

    assert not opens(dev)
    assert Session.objects.get(pk=key(dev)).get_decoded()["greeting"] == "seen"


def test_a_session_that_ended_while_it_was_read_leaves_no_copy(dev, store):
    """Another machine ends it between the row and the copy."""
    was = key(dev)
    store.rows.clear()
    session = SessionStore(was)
    data = session.load()
    another_machine(dev).post("/account/logout/")

    session._copied(cache.add, data)

    assert cache.get(_place(was)) is None


def test_a_store_that_does_not_answer_is_left_alone_for_a_while(dev, store):
    store.end()
    is_signed_in(dev)
    begun = time.monotonic()

    assert all(is_signed_in(dev) for _ in range(5))

    assert time.monotonic() - begun < 2
