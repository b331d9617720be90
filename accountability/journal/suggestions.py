"""Suggestions to begin with."""

from __future__ import annotations

from django.http import HttpRequest

from accountability.journal.texts import About, Prompt


def beginning(request: HttpRequest) -> tuple[Prompt | None, About | None]:
    """What a new entry begins with, by the address: `?lesson=&block=` or `?prompt=`. Also asked at each save of it."""
    return None, None
