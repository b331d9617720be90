"""The shared cache is gone, hangs, and comes back: pages go on, no guess goes uncounted, nothing has to be started anew (H6, B17)."""

import pytest
from django.db import connection
from django.test import Client

from core import doors, health
from home.demo.initiative import PASSWORD
from notices.models import Notice
from operations import machine
from tests.core.small_store import SmallStore
from tests.notices.processes import wait_for

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
READ = ("/", "/today/", "/learn/", "/glossary/", "/search/?q=redlining", "/cohorts/spring/", "/account/")  # fmt: skip
GUESS = {"login": "dev@riverton.example", "password": PASSWORD}


@pytest.fixture
def store(settings):
    """The site counts in a store of this story's own, and waits for it less long than it would."""
    small = SmallStore()
    options = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3}
    settings.CACHES = {
        **settings.CACHES,
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": [small.address],
            "OPTIONS": options,
        },
    }
    yield small
    small.end()


def guess():
    return Client(raise_request_exception=False).post("/account/login/", GUESS)


def test_a_store_that_is_gone_pauses_signing_in_alone_and_is_found_again(as_, store):
    dev = as_("dev")
    assert guess().status_code == 302
    assert store.rows  # it was counted there

    store.end()
    away = guess()
    read = {path: dev.get(path).status_code for path in READ}
    (sign,) = machine.shared_cache()
    waiting = health.missing_parts()

    assert away.status_code == 503
    assert "Nothing was changed, and nothing is lost." in away.text
    assert "dev@riverton.example" in away.text
    assert PASSWORD not in away.text
    assert read == dict.fromkeys(READ, 200)
    assert (sign.name, sign.is_well) == ("cache", False)
    assert "cache" in waiting
    store.begin()
    assert guess().status_code == 302  # at once, by itself
    (sign,) = machine.shared_cache()
    assert sign.is_well


def test_a_store_that_hangs_is_one_that_is_gone(as_, store):
    dev = as_("dev")
    guess()

    store.goes_on.clear()

    assert guess().status_code == 503
    assert dev.get("/today/").status_code == 200
    store.goes_on.set()
    # what was asked while it hung may hold a count for a moment, as a second guess at once would
    assert wait_for(lambda: guess().status_code == 302, 10)  # fmt: skip


def test_a_page_with_something_damaged_in_it_is_shown_without_a_store_too(
    as_, cast, store, monkeypatch
):
    """C4: whether somebody was told today is asked of the store; the page does not hang on it."""
    told = []
    monkeypatch.setitem(doors._offers, "alarm", [(1, "story", lambda **given: told.append(given))])
    dev = cast["dev"].pk
    Notice.objects.create(member=cast["dev"], kind="cohorts.added", sealed="{}")
    with connection.cursor() as cursor:  # past the model, as a failing disk does
        cursor.execute("UPDATE notices_notice SET sealed = %s WHERE member_id = %s", [b"x", dev.hex if connection.vendor == "sqlite" else dev])  # fmt: skip
        assert cursor.rowcount == 1
    store.end()

    answer = as_("dev").get("/account/notices/")

    assert answer.status_code == 200
    assert {what["what"] for what in told} == {"sealed"}
