"""Hears which parameters a view reads, so that a test can send them: the names that its forms and filters make are in no list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

#: Read by all, and sent by tests of their own.
NOT_TRIED = {"csrfmiddlewaretoken", "next"}


@contextmanager
def heard() -> Iterator[set[str]]:
    """The names that are looked up in any query or form while this lasts. What a request answers meanwhile is not to be
    judged: with this file in the way of a fault, the fault counts as ours (see `core.admin_doors`).
    """
    names: set[str] = set()
    one, many = MultiValueDict.__getitem__, MultiValueDict._getlist

    def get_one(self: Any, key: str) -> Any:
        _note(names, self, key)
        return one(self, key)

    def get_many(self: Any, key: str, default: Any = None, force_list: bool = False) -> Any:
        _note(names, self, key)
        return many(self, key, default, force_list)

    def contains(self: Any, key: str) -> bool:
        _note(names, self, key)
        return dict.__contains__(self, key)

    MultiValueDict.__getitem__, MultiValueDict._getlist = get_one, get_many
    QueryDict.__contains__ = contains
    try:
        yield names
    finally:
        MultiValueDict.__getitem__, MultiValueDict._getlist = one, many
        del QueryDict.__contains__


def _note(names: set[str], given: Any, key: str) -> None:
    if isinstance(given, QueryDict) and key not in NOT_TRIED:
        names.add(key)
