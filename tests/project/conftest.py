"""Walks of thousands of requests: nothing is kept of each but its answer."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _lean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No log and no copies of template contexts while a test walks: both take longer than many a request."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
