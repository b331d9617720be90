"""Goes to every address of the written tables, with the ids of what was planted where an address takes an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client

from scripts.turns import ids_for, is_private
from tests.project import making
from tests.project.admin_walk import STAFF, admin_rows, made_for_the_admin
from tests.project.test_access import rows
from tests.project.walk import made_outside
from tests.sweep.places import Place, response
from tests.sweep.planting import NAMES
from tests.sweep.plants import ids_of

PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
#: Rooms whose rows are made as the table wants them, beside the planted ones. Of the others those stand for what it names.
ROOMS = (making.commitments, making.letter, making.care, making.reporting)


def addresses(person: str, cast: dict[str, Any], planted: Mapping[str, Any]) -> list[str]:
    """Every address that one of the two tables names, for staff those of the editors' area too, each once.

    `planted`: the rows, by their labels.
    """
    return list(dict.fromkeys(address for _route, address in _routed(person, cast, planted)))


def private_addresses(person: str, cast: dict[str, Any], planted: Mapping[str, Any]) -> list[str]:
    """Those of the private parts alone."""
    routed = _routed(person, cast, planted)
    return list(dict.fromkeys(address for route, address in routed if is_private(route)))


def _routed(
    person: str, cast: dict[str, Any], planted: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    ids = ids_of(planted)
    made = made_outside(cast) | making.made_in(cast, ROOMS)
    made |= {name: str(planted[label].pk) for name, label in NAMES.items()}
    made["feed"] = "x" * 43  # whoever has the link finds its title, and nobody is given one
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
