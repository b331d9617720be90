"""Public pages from a replica of the main database, where there is one (`core.replica`)."""

import copy

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections, router
from django.http import HttpResponse
from django.test import RequestFactory

from config.settings import environment
from core.models import DataKey
from core.postgresql.base import DatabaseWrapper
from core.replica import ALIAS, LOOK_EVERY, ReplicaMiddleware, Watch, reading_there
from curriculum.models import LessonPage

MAIN = {"ENGINE": "core.postgresql"}
LESSON = "/learn/redlining/"


@pytest.fixture
def replica(db):
    """The story's own database under the second name as well, as Django's own mirrors are."""
    connections.databases[ALIAS] = copy.deepcopy(connections.databases["default"])
    connections[ALIAS] = connections["default"]
    yield
    del connections[ALIAS]
    del connections.databases[ALIAS]


@pytest.fixture
def gone(db):
    """A replica that nobody answers for."""
    away = {**connections["default"].settings_dict, "HOST": "127.0.0.1", "PORT": "1"}
    connections[ALIAS] = DatabaseWrapper(away, alias=ALIAS)
    yield
    del connections[ALIAS]


def asked(path, *, cookie=False):
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    if cookie:
        request.COOKIES["sessionid"] = "x"
    return request


def through(answer):
    """The middleware in front of pages that note where they were read from and answer as the function says."""
    places = []

    def page(_request):
        places.append(router.db_for_read(LessonPage))
        return HttpResponse(status=answer(places[-1]))

    return ReplicaMiddleware(page), places


def well(_place):
    return 200


def test_without_one_nothing_changes(db):
    middleware, places = through(well)

    middleware(asked(LESSON))

    assert places == ["default"]


@pytest.mark.postgres
@pytest.mark.parametrize("path", ["/", LESSON, "/es/learn/", "/glossary/", "/privacy/"])
def test_public_pages_are_read_there(replica, path):
    middleware, places = through(well)

    assert middleware(asked(path)).status_code == 200
    assert places == [ALIAS]
    assert router.db_for_read(LessonPage) == "default"  # afterwards


@pytest.mark.postgres
@pytest.mark.parametrize(
    "request_",
    [
        asked(LESSON, cookie=True),  # of somebody who is signed in
        asked("/commitments/public/"),  # what a person may take back is gone at the next look
        asked("/commitments/letter/"),
        asked("/today/"),
        asked("/search/?q=x"),
        RequestFactory().post(LESSON),
    ],
    ids=lambda request: f"{request.method} {request.path} {bool(request.COOKIES)}",
)
def test_everything_else_is_read_where_it_is_written(replica, request_):
    middleware, places = through(well)

    middleware(request_)

    assert places == ["default"]


@pytest.mark.postgres
def test_a_replica_that_fails_half_way_costs_no_reader_a_page(replica):
    """The 503 is asked for again, and for a while it is left alone."""
    middleware, places = through(lambda place: 503 if place == ALIAS else 200)

    assert [middleware(asked(LESSON)).status_code for _ in range(3)] == [200, 200, 200]
    assert places == [ALIAS, "default", "default", "default"]


@pytest.mark.postgres
def test_one_that_is_gone_is_looked_for_again_every_few_seconds(gone):
    now = [100.0]
    watch = Watch(clock=lambda: now[0])

    assert not watch.is_good()
    connections[ALIAS] = connections["default"]
    now[0] += LOOK_EVERY - 1
    assert not watch.is_good()
    now[0] += 1
    assert watch.is_good()


class Told(Watch):
    """A look whose places a story moves."""

    written = applied = 0

    def _places(self):
        return self.written, self.applied


def test_one_that_lags_more_than_ten_seconds_is_left_alone_until_it_has_caught_up():
    now = [100.0]
    watch = Told(clock=lambda: now[0])

    def after(seconds, written, applied):
        now[0] += seconds
        watch.written, watch.applied = written, applied
        return watch.is_good()

    assert after(0, 1_000, 1_000)
    assert after(6, 2_000, 1_000)  # six seconds behind at most
    assert not after(6, 3_000, 1_999)  # twelve: what was written at the first look is all it has
    assert not after(3, 3_000, 3_000)  # asked again in two seconds
    assert after(3, 3_000, 3_000)


def test_one_that_has_lost_the_main_database_and_believes_itself_whole_is_left_alone():
    """Nothing more is applied there, and nothing that it says of itself shows it."""
    now = [100.0]
    watch = Told(clock=lambda: now[0])
    seen = []
    for written in range(0, 6_000, 1_000):
        watch.written, watch.applied = written, min(written, 1_000)
        seen.append(watch.is_good())
        now[0] += 5.5

    assert seen == [True, True, True, False, False, False]


def test_keys_are_never_read_there(db):
    with reading_there():
        assert router.db_for_read(DataKey) == "keys"
        assert router.db_for_write(LessonPage) == "default"


def test_a_row_that_was_read_there_and_kept_leads_nobody_else_there(replica, cast):
    """As a page that is kept in memory for all."""
    with reading_there():
        lesson = LessonPage.objects.first()
        assert lesson._state.db == ALIAS

    assert router.db_for_read(LessonPage, instance=lesson) == "default"
    assert router.db_for_write(LessonPage, instance=lesson) == "default"
    assert lesson.get_parent()._state.db == "default"
    with reading_there():
        assert router.db_for_read(LessonPage, instance=lesson) == ALIAS


def test_it_is_never_migrated():
    assert not router.allow_migrate(ALIAS, "curriculum", model_name="lessonpage")
    assert not router.allow_migrate(ALIAS, "core", model_name="datakey")


@pytest.mark.parametrize(
    ("url", "main"),
    [("sqlite:////tmp/x.sqlite3", MAIN), ("postgresql://u@h/n", {"ENGINE": "django.db.backends.sqlite3"})],
)  # fmt: skip
def test_it_must_be_a_postgresql_beside_a_postgresql(monkeypatch, url, main):
    monkeypatch.setenv("REPLICA_DATABASE_URL", url)

    with pytest.raises(environment.WrongSetting, match="can only name a replica of a PostgreSQL"):
        environment.replica("REPLICA_DATABASE_URL", main)


def test_nothing_can_be_written_there_by_mistake(monkeypatch):
    monkeypatch.setenv("REPLICA_DATABASE_URL", "postgresql://u@h/n")

    options = environment.replica("REPLICA_DATABASE_URL", MAIN)

    assert "default_transaction_read_only=on" in options["OPTIONS"]["options"]
