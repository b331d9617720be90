"""Dev uses the private parts by their forms, as the rooms say (`USES` of `tests/sweep/planting/`), with fresh words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from scripts.filled_forms import hidden_fields
from scripts.traces import Words
from tests.sweep.places import response
from tests.sweep.planting import USES
from tests.sweep.planting.kinds import Use, ids_in

SOON = timedelta(days=9)


def use(client: Client, rows: dict[str, Any], words: Words) -> list[str]:
    """Send everything once; gives those forms that were not answered as they are when they are taken."""
    wrong = []
    planted = list(words.words.values())
    for number, one in enumerate(USES):
        path, page = where(one, rows)
        for data in filled(one, number, words, planted, rows):
            hidden = hidden_fields(client.get(page).text, at=page, to=path)
            answer = client.post(path, {**hidden, **data})
            response(answer)
            if answer.status_code != one.expects:
                wrong.append(f"use {number}, {one.name}: {answer.status_code}")
    return wrong


def where(one: Use, rows: dict[str, Any]) -> tuple[str, str]:
    """The address that takes the form, and that of the page where the form stands."""
    given = ids_in(one.about, rows)
    path = reverse(one.name, args=given)
    if not one.form_on:
        return path, path
    for count in range(len(given), 0, -1):
        with suppress(NoReverseMatch):
            return path, reverse(one.form_on, args=given[:count])
    return path, reverse(one.form_on)


def filled(
    one: Use, number: int, words: Words, planted: list[str], rows: Mapping[str, Any]
) -> Iterator[dict[str, str | list[str]]]:
    """What is typed, with a word of its own in each field: once, or once for each planted word."""
    every = planted if "{planted}" in str(one.data) else [""]
    chosen = {field: str(rows[label].pk) for field, label in one.chosen.items()}
    for known in every:
        yield chosen | {
            field: [_fill(part, one, number, field, words, known) for part in value]
            if isinstance(value, list)
            else _fill(value, one, number, field, words, known)
            for field, value in one.data.items()
        }


def _fill(value: str, one: Use, number: int, field: str, words: Words, known: str) -> str:
    if "{word}" in value:
        value = value.replace("{word}", words.word(f"{one.into}.typed {number} {field}"))
    soon = (timezone.now() + SOON).date().isoformat()
    return value.replace("{planted}", known).replace("{day}", soon)
