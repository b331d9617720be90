"""Goes to every address of the written tables, with the ids of what was planted where an address takes an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client

from scripts.turns import ids_for, is_private
from tests.project.admin_walk import STAFF, admin_rows, made_for_the_admin
from tests.project.test_access import rows
from tests.project.walk import made_for_dev
from tests.sweep.places import Place, response

PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")


def addresses(person: str, cast: dict[str, Any], ids: Mapping[str, str]) -> list[str]:
    """Every address that one of the two tables names, for staff those of the editors' area too, each once.

    `ids`: those of what was planted, each with its app.
    """
    return list(dict.fromkeys(address for _route, address in _routed(person, cast, ids)))


def private_addresses(person: str, cast: dict[str, Any], ids: Mapping[str, str]) -> list[str]:
    """Those of the private parts alone."""
    routed = _routed(person, cast, ids)
    return list(dict.fromkeys(address for route, address in routed if is_private(route)))


def _routed(person: str, cast: dict[str, Any], ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    made = made_for_dev(cast)
    samples = [(route, sample) for route, sample, *_statuses in rows()]
    if person in STAFF:
        made |= made_for_the_admin(cast)
        samples += [(route, sample) for route, sample, *_statuses in admin_rows()]
    for route, sample in samples:
        asked = ids_for(route, ids, person)
        for address in _with_each(route, sample.format(**made).lstrip("/"), asked):
            yield route, f"/{address}"


def _with_each(route: str, address: str, ids: list[str]) -> Iterator[str]:
    """The address itself and, where its route takes an id, the same with each planted one in its place.

    A page of a private part that takes none gets them in its query.
    """
    yield address
    if is_private(route) and "<" not in route:
        yield from (f"{address}?which={asked}&id={asked}" for asked in ("all", *ids))
    pattern = PARAMETER.sub(r"(.+?)", re.escape(route).replace(r"\<", "<").replace(r"\>", ">"))
    kinds, found = PARAMETER.findall(route), re.fullmatch(pattern, address)
    if "uuid" in kinds and found:
        for planted in ids:
            values = [
                planted if kind == "uuid" else value
                for kind, value in zip(kinds, found.groups(), strict=True)
            ]
            yield PARAMETER.sub("{}", route).format(*values)


def answers(client: Client, paths: Iterable[str]) -> Iterator[Place]:
    """What this client gets, by GET and POST. What a page does stays done, what a post does is taken back.

    The same page with another id in its query is posted to once: no form of ours reads a query.
    """
    for path in paths:
        for method in ("get", "post"):
            if method == "post" and "?which=" in path and "?which=all" not in path:
                continue
            cookies = deepcopy(client.cookies)
            with transaction.atomic():
                answer = getattr(client, method)(path)
                said = response(answer)  # a stream reads rows while it is read
                transaction.set_rollback(method == "post")
            client.cookies = cookies
            yield f"{method.upper()} {path}", said
