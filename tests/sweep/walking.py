"""Goes to every address of the written tables, with the ids of what was planted wherever an address takes an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client

from tests.project.admin_walk import STAFF, admin_rows, made_for_the_admin
from tests.project.test_access import rows
from tests.project.walk import made_for_dev
from tests.sweep.places import Place, response

PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
PRIVATE = "journal/"


def addresses(person: str, cast: dict[str, Any], ids: Iterable[str]) -> list[str]:
    """Every address that one of the two tables names, for staff those of the editors' area too, each once."""
    made, ids = made_for_dev(cast), list(ids)
    samples = [(route, sample) for route, sample, *_statuses in rows()]
    if person in STAFF:
        made |= made_for_the_admin(cast)
        samples += [(route, sample) for route, sample, *_statuses in admin_rows()]
    found = [
        address
        for route, sample in samples
        for address in _with_each(route, sample.format(**made).lstrip("/"), ids)
    ]
    return list(dict.fromkeys(f"/{address}" for address in found))


def _with_each(route: str, address: str, ids: list[str]) -> Iterator[str]:
    """The address itself and, where its route takes an id, the same with each planted one in its place.

    A page of a private part that takes none gets them in its query.
    """
    yield address
    if route.startswith(PRIVATE) and "<" not in route:
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
    """What this client gets, by GET and POST. What a page does stays done, what a post does is taken back."""
    for path in paths:
        for method in ("get", "post"):
            cookies = deepcopy(client.cookies)
            with transaction.atomic():
                answer = getattr(client, method)(path)
                said = response(answer)  # a stream reads rows while it is read
                transaction.set_rollback(method == "post")
            client.cookies = cookies
            yield f"{method.upper()} {path}", said


def journal_addresses(cast: dict[str, Any], ids: Iterable[str]) -> list[str]:
    """Those of the journal alone."""
    return [path for path in addresses("dev", cast, ids) if path.startswith(f"/{PRIVATE}")]
