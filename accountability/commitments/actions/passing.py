"""Telling somebody that they are asked, or doing the same work and telling nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


class _Quiet(Exception):
    """What was written is taken back."""


def if_passed_on(is_passed_on: bool, tell: Callable[[], None]) -> None:
    """Tell them; where the question does not reach them, what would have told them is written and taken back at once.

    So the asker cannot find out by how long it takes that somebody keeps away from them.
    """
    try:
        with transaction.atomic():
            tell()
            if not is_passed_on:
                raise _Quiet
    except _Quiet:
        return
