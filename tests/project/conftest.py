"""Walks of thousands of requests: their refusals are not written to a log that nobody would read."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """No log while a test walks; formatting the way of each refusal takes longer than the request."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
