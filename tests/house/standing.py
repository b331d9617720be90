"""What all stories of one module find in the databases, made once and taken back after the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from tests.house.databases import ALIASES


@contextmanager
def standing(blocker: Any) -> Iterator[None]:
    """Around what a module's stories share: each has its own transaction inside this one, and leaves it as it was.

    For a fixture of scope "module" that asks for `django_db_setup` and gives its `django_db_blocker`. Not for stories
    that commit: they get another copy of the databases.
    """
    with ExitStack() as open_ones:
        with blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
            for alias in ALIASES:
                open_ones.enter_context(_taken_back(alias))
        yield
        with blocker.unblock():
            open_ones.close()


@contextmanager
def _taken_back(alias: str) -> Iterator[None]:
    with transaction.atomic(using=alias):
        yield
        transaction.set_rollback(True, using=alias)
