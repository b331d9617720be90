"""What each part of the sweep has: words of its own, what was planted for Dev, and a log of everything."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

import core.views
from scripts.traces import Words
from tests.sweep.places import ALIASES, Log
from tests.sweep.plants import AUTHOR, plant


@pytest.fixture(autouse=True)
def lean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No copies of template contexts: they take longer than many a request."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


@pytest.fixture(autouse=True)
def one_of_each_404(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of what is not there is the same for every id (`tests/project/`): of each part it is made once."""
    made: set[str] = set()

    def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        part = request.path.split("/")[1]
        if part in made:
            return HttpResponseNotFound()
        made.add(part)
        return core.views.page_not_found(request, exception)

    monkeypatch.setattr("config.urls.handler404", page_not_found)


@pytest.fixture
def log() -> Iterator[Log]:
    """Every logger at DEBUG, the statements of both databases with their values among them."""
    kept, before = Log(), {}
    named = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    for logger in (logging.root, *named):
        before[logger] = (logger.level, logger.disabled)
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
        if logger is logging.root or not logger.propagate:
            logger.addHandler(kept)
    for alias in ALIASES:
        connections[alias].force_debug_cursor = True
    yield kept
    for alias in ALIASES:
        connections[alias].force_debug_cursor = False
    for logger, (level, disabled) in before.items():
        logger.setLevel(level)
        logger.disabled = disabled
        logger.removeHandler(kept)


@pytest.fixture
def words() -> Words:
    """The words of this sweep."""
    return Words()


@pytest.fixture
def planted(cast: dict[str, Any], words: Words, log: Log) -> dict[str, Any]:
    """One row of each kind with private fields, written by Dev while the log listens."""
    return plant(cast[AUTHOR], words)
