"""Fixtures that every story may use: the cast, clients signed in as one of them, a live site, a real browser."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.house.browser import chromium, running
from tests.house.databases import Copies
from tests.house.strict import (
    all_on_postgres,
    is_the_same_everywhere,
    may_differ,
    on_postgres,
    skipping_is_failing,
)

STRICT = os.environ.get("LODESTAR_STRICT") == "1"
#: What waits for other processes by a clock on the wall. On a busy machine a wait may end too soon; so it is told once more, and named as such.
REAL_TIME = {"browser", "scripts"}
_copies: dict[str, Copies] = {}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Any:
    """Database tests get both aliases; PostgreSQL stories skip with a sentence on SQLite; long stories begin first.

    What comes near no database is told on SQLite alone.
    pytest-django sorts by what it reads from the markers, so ours come before it and our order after it.
    """
    _mark(items)
    if on_postgres():
        told = {item for item in items if is_the_same_everywhere(_marks(item), _fixtures(item))}
        if not all_on_postgres():
            told |= _alike([item for item in items if item not in told])
        config.hook.pytest_deselected(items=list(told))
        items[:] = [item for item in items if item not in told]
    result = yield
    items.sort(key=_turn)  # so that no worker is left alone with a long one at the end
    return result


def _mark(items: list[pytest.Item]) -> None:
    postgres = on_postgres()
    for item in items:
        marker = item.get_closest_marker("django_db")
        if not marker and "transactional_db" in item.fixturenames:  # a live site
            item.add_marker(pytest.mark.django_db(transaction=True, databases="__all__"))
        if marker and "databases" not in marker.kwargs:
            item.add_marker(
                pytest.mark.django_db(**{**marker.kwargs, "databases": "__all__"}), append=False
            )
        if item.get_closest_marker("postgres") and not postgres:
            item.add_marker(
                pytest.mark.skip(reason="This story needs PostgreSQL; `make test` runs it there.")
            )
        if _marks(item) & REAL_TIME:
            item.add_marker(pytest.mark.flaky(reruns=1))
        if item.get_closest_marker("browser") and chromium() is None:
            item.add_marker(
                pytest.mark.skip(reason="No Chromium was found, so browser stories are left out.")
            )


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end, so nothing looks through it for what may go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _alike(items: list[pytest.Item]) -> set[pytest.Item]:
    """Those of which SQLite says enough for `make test`: further cases of one story, and what cannot differ."""
    sources: dict[Path, str] = {}
    seen: set[str] = set()
    alike = set()
    for item in items:
        story, first = item.nodeid.partition("[")[0], item.path not in sources
        source = sources.setdefault(item.path, item.path.read_text())
        marker = item.get_closest_marker("django_db")
        commits = bool(marker and marker.kwargs.get("transaction"))
        if story in seen or not may_differ(_marks(item), source, commits=commits, first=first):
            alike.add(item)
        seen.add(story)
    return alike


def _marks(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}


def _fixtures(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", ()))


def _turn(item: pytest.Item) -> int:
    """Whole sites that are started first, then what may take more than a few seconds, then the rest."""
    marks = _marks(item)
    if "scripts" in marks:
        return 0
    return 1 if marks & {"browser", "once", "walk"} else 2


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """With STRICT=1 a skipped browser story counts as failed, and a skipped PostgreSQL story where PostgreSQL runs."""
    report = yield
    marks = _marks(item)
    if STRICT and report.skipped and skipping_is_failing(marks, postgres=on_postgres()):
        report.outcome = "failed"
        report.longrepr = f"skipped under STRICT=1: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Any:
    """A test that committed leaves its traces; the next one begins with a fresh copy."""
    result = yield
    marker = item.get_closest_marker("django_db")
    committed = (marker and marker.kwargs.get("transaction")) or "live_server" in _fixtures(item)
    if committed and "copies" in _copies:
        copies = _copies["copies"]
        blocker = item.config.stash.get(_blocker_key, None)
        if blocker is not None:
            with blocker.unblock():
                copies.restore()
    return result


_blocker_key: pytest.StashKey[Any] = pytest.StashKey()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: Any, worker_id: str, pytestconfig: pytest.Config
) -> Iterator[None]:
    """Copies of the filled databases for this worker, instead of migrating anew."""
    with django_db_blocker.unblock():
        from tests.curriculum.recordings import starter_files

        copies = Copies(worker_id)
        copies.make()
        starter_files()  # the database is copied, and the folder of uploads is each run's own
    _copies["copies"] = copies
    pytestconfig.stash[_blocker_key] = django_db_blocker
    yield
    with django_db_blocker.unblock():
        copies.drop()


@pytest.fixture(autouse=True)
def _fresh_cache(request: pytest.FixtureRequest) -> None:
    """What one test counted in a cache must not limit the next, nor what it made from rows that were put back since."""
    from django.conf import settings
    from django.core.cache import caches
    from django.utils import timezone, translation

    from core import content
    from core.crypto import owners

    translation.activate(settings.LANGUAGE_CODE)  # a request leaves its own language behind
    timezone.deactivate()  # and the time zone of its member

    for name, values in settings.CACHES.items():
        if "locmem" in values["BACKEND"]:
            caches[name].clear()
    owners.forget()  # a story that was rolled back took the keys it made with it
    content._kept.clear()  # a row written past the models, as a story may, leaves the version as it was


@pytest.fixture
def cast(db: None) -> dict[str, Any]:
    """The people of the demonstration by first name in lower case, fresh from the database."""
    from accounts.models import User
    from home.demo.initiative import email_of
    from home.demo.people import CAST

    members = {member.email: member for member in User.objects.select_related("organization")}
    return {person.first.lower(): members[email_of(person.first)] for person in CAST}


@pytest.fixture
def as_(cast: dict[str, Any]) -> Callable[[str], Client]:
    """A client signed in as a person of the cast: `as_("dev").get("/today/")`."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(cast[name])
        return client

    return signed_in


@pytest.fixture
def nobody() -> Client:
    """A client that is signed in as nobody."""
    return Client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One real browser for all stories of this worker."""
    program = chromium()
    if program is None:
        pytest.skip("No Chromium was found, so browser stories are left out.")
    with running(program) as started:
        yield started


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> str:
    """The address of the running site with the demonstration in it."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def empty_site(site: str) -> str:
    """The address of the running site when it has just been set up: two modules of the curriculum, and nobody."""
    from django.core.management import call_command

    from core import content
    from tests.house.starter import two_modules

    _copies["copies"].restore_empty()
    content._kept.clear()
    call_command("createcachetable", verbosity=0)
    with two_modules() as folder:
        call_command("load_curriculum", folder=folder, verbosity=0)
    call_command("load_prompts", verbosity=0)
    return site


@pytest.fixture
def browser_page(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Open a page in a fresh context: `browser_page("dev", width=360, theme="dark", js=False)`; nobody without a name."""
    contexts = []

    def open_page(
        user: str | None = None, *, js: bool = True, width: int = 1280, theme: str = "light"
    ) -> Any:
        context = browser.new_context(
            base_url=site,
            java_script_enabled=js,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            locale="en-US",
        )
        contexts.append(context)
        if user:
            context.add_cookies([_session_cookie(user, site)])
        page = context.new_page()
        page.set_default_timeout(
            30_000
        )  # of a slow machine; a story that passes waits for none of it
        return page

    yield open_page
    for context in contexts:
        context.close()


def _session_cookie(name: str, site: str) -> dict[str, str]:
    from accounts.models import User
    from home.demo.initiative import email_of

    client = Client()
    member = User.objects.get(email=email_of(name))
    client.force_login(member)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
