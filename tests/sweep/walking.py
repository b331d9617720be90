"""Goes to every address of the written tables, with the ids of what was planted where an address takes an id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client

from scripts.turns import groups_for, ids_for, is_ones_turn, is_private, own_ids, queries_for
from tests.project import making
from tests.project.admin_walk import STAFF, admin_rows, made_for_the_admin
from tests.project.test_access import rows
from tests.project.walk import made_outside
from tests.sweep.places import Place, response
from tests.sweep.planting import NAMES
from tests.sweep.plants import couples_of, ids_of

PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
#: Rooms whose planted rows stand for what the table names.
PLANTED = (
    making.buddies,
    making.checkins,
    making.matching,
    making.sharing,
    *making.CAUCUSES,
)
#: Rooms whose rows are made as the table wants them, beside the planted ones.
ROOMS = tuple(room for room in making.ROOMS if room not in PLANTED)


def addresses(
    person: str,
    cast: dict[str, Any],
    planted: Mapping[str, Any],
    made: Mapping[str, str] | None = None,
) -> dict[str, bool]:
    """Every address that one of the two tables names, for staff those of the editors' area too, and whether to post there.

    `planted`: the rows, by their labels. `made`: what the tables name, where that was made before.
    """
    found: dict[str, bool] = {}
    for _route, address, posts in _routed(person, cast, planted, made):
        found[address] = found.get(address, False) or posts
    return found


def private_addresses(person: str, cast: dict[str, Any], planted: Mapping[str, Any]) -> list[str]:
    """Those of the private parts alone."""
    routed = _routed(person, cast, planted)
    return list(dict.fromkeys(address for route, address, _posts in routed if is_private(route)))


def _routed(
    person: str,
    cast: dict[str, Any],
    planted: Mapping[str, Any],
    given: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, str, bool]]:
    ids, couples = ids_of(planted), couples_of(dict(planted))
    made = dict(given) if given is not None else _made(cast, planted)
    for link in ("feed", "dates"):  # whoever has one finds its title, and nobody is given one
        made[link] = "x" * 43
    samples = [(route, sample) for route, sample, *_statuses in rows()]
    if person in STAFF:
        made |= made_for_the_admin(cast)
        samples += [(route, sample) for route, sample, *_statuses in admin_rows()]
    for route, sample in samples:
        address = sample.format(**made).lstrip("/")
        yield route, f"/{address}", is_private(route) or is_ones_turn(route, person)
        if is_private(route) and "<" not in route:
            for query in queries_for(route, ids, person):
                yield route, f"/{address}?{query}", False
        own = set(own_ids(route, ids))
        for one, other in _with_each(route, address, ids_for(route, ids, person), couples):
            yield route, f"/{other}", one in own


def _made(cast: dict[str, Any], planted: Mapping[str, Any]) -> dict[str, str]:
    there = set(NAMES.values()) <= set(planted)
    made = made_outside(cast) | making.made_in(cast, ROOMS if there else making.ROOMS)
    if there:
        made |= {name: str(planted[label].pk) for name, label in NAMES.items()}
    return made


def _with_each(
    route: str, address: str, ids: list[str], couples: list[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Where the route takes ids, the address with each planted one in their place, or several that hang together, behind the last."""
    pattern = PARAMETER.sub(r"(.+?)", re.escape(route).replace(r"\<", "<").replace(r"\>", ">"))
    kinds, found = PARAMETER.findall(route), re.fullmatch(pattern, address)
    if "uuid" in kinds and found:
        for group in groups_for(ids, couples, kinds.count("uuid")):
            given = iter(group)
            values = [
                next(given) if kind == "uuid" else value
                for kind, value in zip(kinds, found.groups(), strict=True)
            ]
            yield group[-1], PARAMETER.sub("{}", route).format(*values)


def answers(client: Client, paths: Mapping[str, bool]) -> Iterator[Place]:
    """What this client gets, by GET and, where that is said, by POST. What a page does stays done, what a post does is taken back."""
    for path, posts in paths.items():
        for method in ("get", "post") if posts else ("get",):
            cookies = deepcopy(client.cookies)
            with transaction.atomic():
                answer = getattr(client, method)(path)
                said = response(answer)  # a stream reads rows while it is read
                transaction.set_rollback(method == "post")
            client.cookies = cookies
            yield f"{method.upper()} {path}", said
