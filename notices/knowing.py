"""Which of the things that notices are about the member may know of at this moment: one question for all kinds together.

Every page of a member asks it, and the rules of many kinds take long to put into SQL. So it is prepared once in a process for
what it asks of (the kinds, how many ids of each, the roles by which a rule may decide), and asked anew each time. Where a rule
decides by anything else of the member, the question is put together each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from core import register
from core.prepared import Given, MoreIsAsked, PreparedColumns, Somebody, room_for, several, told
from core.register import Payload

MOST_SHAPES = 500  # in one process
#: Ids in one list. With twice as many SQLite takes the rule's index in place of theirs, and looks through thousands of rows.
MOST_AT_ONCE = 64
#: What a rule or Django says to the place of a value that is told later; and rows that can never be.
CANNOT_BE_PREPARED = (MoreIsAsked, TypeError, ValidationError, EmptyResultSet)

#: The ids in the payloads, by kind and by the name that they have there.
Ids = Mapping[tuple[str, str], Sequence[Any]]
#: Of which kinds and names there are ids, and how many places for them.
Shape = tuple[tuple[str, str, int], ...]
#: Kind, name and id.
Known = set[tuple[str, str, str]]


def known_of(member: Any, payloads: Mapping[str, Sequence[Payload]]) -> Known:
    """Kind, name and id of all that the member may know of among what these payloads of each kind name. One query, or none."""
    ids = _ids(payloads)
    if not ids:
        return set()
    shape = tuple((kind, name, room_for(len(keys))) for (kind, name), keys in ids.items())
    question = _prepared(shape, member.role_names)
    if question is None:
        return _asked(member, shape, ids)
    given: dict[str, Any] = {}
    for (kind, name, room), keys in zip(shape, ids.values(), strict=True):
        given |= told(f"{kind} {name}", room, keys)
    return {(kind, name, plain(key)) for kind, name, key in question.ask(member=member.pk, **given)}


def plain(key: Any) -> str:
    """An id in one way of writing: the databases write a UUID with dashes or without."""
    return str(key).replace("-", "")


def _ids(payloads: Mapping[str, Sequence[Payload]]) -> dict[tuple[str, str], list[Any]]:
    found: dict[tuple[str, str], dict[Any, None]] = {}
    for kind, rows in sorted(payloads.items()):
        for payload in rows:
            for name, key in sorted(payload.items()):
                found.setdefault((kind, name), {})[key] = None
    return {named: list(keys) for named, keys in found.items()}


@lru_cache(maxsize=MOST_SHAPES)
def _prepared(shape: Shape, role_names: frozenset[str]) -> PreparedColumns | None:
    """The question for ids of this shape; None where it depends on more of a member than their roles."""

    def places(kind: str, name: str, room: int, field: Any) -> list[Given]:
        return several(f"{kind} {name}", room, field)

    question = PreparedColumns(lambda: _question(Somebody(role_names), shape, places))
    try:
        question.prepare()
    except CANNOT_BE_PREPARED:
        return None
    return question


def _asked(member: Any, shape: Shape, ids: Ids) -> Known:
    try:
        rows = _question(member, shape, lambda kind, name, _room, _field: ids[kind, name])
    except EmptyResultSet:
        return set()
    return {(kind, name, plain(key)) for kind, name, key in rows}


def _question(
    member: Any, shape: Shape, ids: Callable[[str, str, int, Any], Sequence[Any]]
) -> QuerySet[Any, Any]:
    """The rows of this shape that the member may know of: kind, name and id. Raises EmptyResultSet where there can be none."""
    parts = list(_parts(member, shape, ids))
    if not parts:
        raise EmptyResultSet
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _parts(
    member: Any, shape: Shape, ids: Callable[[str, str, int, Any], Sequence[Any]]
) -> Iterator[QuerySet[Any, Any]]:
    kinds = {kind.name: kind for kind in register.notice_kinds()}
    known = {name: kinds[name].known(member) for name in {kind for kind, *_rest in shape} & kinds.keys()}  # fmt: skip
    for kind, name, room in shape:
        rows = known.get(kind, {}).get(name)
        if rows is not None:
            keys = ids(kind, name, room, rows.model._meta.pk)
            for begin in range(0, len(keys), MOST_AT_ONCE):
                found = rows.order_by().filter(pk__in=keys[begin : begin + MOST_AT_ONCE])
                yield found.values_list(_word(kind), _word(name), Cast("pk", CharField()))


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())
