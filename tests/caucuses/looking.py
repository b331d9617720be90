"""What somebody who is outside gets at an address, so that two answers can be compared byte by byte."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from copy import deepcopy
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client

from home.demo.people import CAST
from tests.accountability.test_existence import OF_THE_MOMENT
from tests.caucuses.crawling import ID
from tests.sweep.places import response

INSIDE = ("dev", "elu")
#: Everybody else of the cast, and who is not signed in.
OUTSIDE = ("nobody", *(name for one in CAST if (name := one.first.lower()) not in INSIDE))
METHODS = ("get", "head", "options", "post")


def unused(address: str) -> str:
    """An address of the same shape that names nothing: another id for each id, another token for a token."""
    known: dict[str, str] = {}
    shaped = ID.sub(lambda found: known.setdefault(found[0].lower(), str(uuid4())), address)
    head, dates, tail = shaped.partition("/dates/")
    if dates:
        token, dot, kind = tail.partition(".")
        shaped = f"{head}{dates}{secrets.token_urlsafe(len(token))[: len(token)]}{dot}{kind}"
    return shaped


def ways_to(address: str, own_room: str = "") -> list[tuple[str, str]]:
    """Pairs of addresses that must look alike: whole and unknown, known room and unknown rest, one's own room and a strange rest."""
    ids = list(dict.fromkeys(ID.findall(address)))
    pairs = [(address, unused(address))]
    if len(ids) > 1:
        rest = address.replace(ids[0], "{room}")
        pairs.append((unused(rest).replace("{room}", ids[0]), unused(address)))
        if own_room:
            pairs.append(
                (rest.replace("{room}", own_room), unused(rest).replace("{room}", own_room))
            )
    return pairs


def looked_at(client: Client, method: str, address: str, data: Any = None) -> tuple[int, bytes]:
    """All that the client gets there but what is of the moment, and how long the body is. Whatever it did is taken back."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic(), transaction.atomic(using="keys"):
        answer = getattr(client, method)(address, **({"data": data} if data is not None else {}))
        said = response(answer)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
    client.cookies = cookies
    for number, own in enumerate(dict.fromkeys(ID.findall(address))):
        said = said.replace(own.encode(), f"ID {number}".encode())
    length = len(answer.content) if not answer.streaming else 0
    return length, OF_THE_MOMENT.sub(b"", said)


def told_apart(
    client: Client,
    address: str,
    data: dict[str, Any] | None,
    other: str = "",
    methods: Iterable[str] = METHODS,
) -> list[str]:
    """The methods by which this client could tell the address from another, by itself from one that names nothing."""
    other = other or unused(address)
    swapped = {
        name: _swapped(value, address, other) for name, value in (data or {}).items()
    }  # an id in a field is unknown there as well
    apart = []
    for method in methods:
        sent = (data, swapped) if method == "post" and data else (None, None)
        if looked_at(client, method, address, sent[0]) != looked_at(client, method, other, sent[1]):
            apart.append(method)
    return apart


def _swapped(value: Any, address: str, other: str) -> Any:
    for known, instead in zip(ID.findall(address), ID.findall(other), strict=True):
        value = value.replace(known, instead) if isinstance(value, str) else value
    return value
