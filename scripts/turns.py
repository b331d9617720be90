"""Which planted ids an address is asked with: those that it could name by everybody, all others by turns. Standard library only.

Everybody at every address with every id would be hours. What lies in the same part of the site is tried by each person, by
a form as well; an id that belongs elsewhere is an unknown one to the address, and some still bring it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zlib import crc32

#: How the addresses of each private part begin before their last parameter, and the apps whose rows that can name. What begins
#: longer comes first.
PARTS: dict[str, frozenset[str]] = {
    "backbone/letter/": frozenset({"letter"}),
    "backbone/pairing/": frozenset({"matching"}),
    "buddy/check-ins/": frozenset({"buddies", "checkins"}),
    "buddy/matching/": frozenset({"matching"}),
    "buddy/": frozenset({"buddies"}),
    "care/": frozenset({"accounts", "care"}),  # they name people, too
    "caucuses/<uuid:caucus_id>/threads/": frozenset({"threads"}),
    "caucuses/<uuid:caucus_id>/meetings/": frozenset({"meetings"}),
    "caucuses/<uuid:caucus_id>/notes/": frozenset({"bringback"}),
    "caucuses/<uuid:caucus_id>/reports/": frozenset({"caucuses", "threads", "concerns"}),
    "caucuses/": frozenset({"caucuses"}),
    "cohorts/<slug:slug>/pulse/": frozenset({"backbone"}),
    "commitments/letter/": frozenset({"letter"}),
    "commitments/": frozenset({"commitments"}),
    "journal/shared/": frozenset({"sharing"}),
    "journal/": frozenset({"journal"}),
}
#: Pages that are made for few eyes and see over much: every id, by everybody.
DESKS = ("backbone/",)
EVERY = 8  # of the cast of fifteen, two bring each id to an address where it does not belong
#: A part with so many addresses that who is outside takes turns with its own ids as well: two or so of the cast bring each of
#: these, and one or so each of the others. Dev and who sits with him bring all that are its own.
WIDE, INSIDE = "caucuses/", frozenset({"dev", "elu"})


def is_private(route: str) -> bool:
    """Whether this address belongs to one of the private parts."""
    return route.startswith(tuple(PARTS))


def own_ids(route: str, ids: Mapping[str, str]) -> list[str]:
    """The ids that this address could name; `ids` says of which app the row of each is."""
    if route.startswith(DESKS):
        return list(ids)
    before = route.rpartition("<")[0] or route
    apps = next((apps for part, apps in PARTS.items() if before.startswith(part)), frozenset())
    return [one for one, app in ids.items() if app in apps]


def ids_for(route: str, ids: Mapping[str, str], person: str) -> list[str]:
    """The ids that this person asks this address with: its own, and some that belong elsewhere."""
    own, first = set(own_ids(route, ids)), _number(route, person)
    by, others = (EVERY, 2 * EVERY) if route.startswith(WIDE) else (1, EVERY)
    by = 1 if person in INSIDE else by
    return [
        one
        for place, one in enumerate(ids)
        if (first + place) % (by if one in own else others) == 0
    ]


def chains(couples: Iterable[tuple[str, str]], length: int) -> list[list[str]]:
    """Every row of ids of this length in which each hangs on the one before: the room, what is in it, what is on that."""
    below: dict[str, list[str]] = {}
    for on, one in couples:
        if one not in below.setdefault(on, []):
            below[on].append(one)
    found = [[on] for on in below]
    for _step in range(length - 1):
        found = [[*chain, one] for chain in found for one in below.get(chain[-1], ())]
    return found


def groups_for(
    ids: Iterable[str], couples: Iterable[tuple[str, str]], count: int
) -> list[list[str]]:
    """The ids with which an address that takes so many is asked: those that hang together, and what hangs on nothing, alone.

    They begin with what hangs on nothing itself: an address names the room first, and then what is in it.
    """
    asked, known = list(ids), list(couples)
    below = {one for _on, one in known}
    together = (
        [chain for chain in chains(known, count) if chain[0] not in below] if count > 1 else []
    )
    ends = {chain[-1] for chain in together}
    alone = [[one] * count for one in asked if one not in ends]
    return [*alone, *(chain for chain in together if chain[-1] in asked)]


def queries_for(route: str, ids: Mapping[str, str], person: str) -> list[str]:
    """What this person puts behind an address of a private part that takes no id: everything, and two ids by turns."""
    known, first = list(ids), _number(route, person)
    if not known:
        return ["which=all"]
    two = [known[(first + step) % len(known)] for step in (0, 1)]
    return ["which=all", f"which={two[0]}&id={two[1]}"]


def is_ones_turn(route: str, person: str) -> bool:
    """Whether this person does what only some do at this address."""
    return _number(route, person) % 4 == 0


def _number(route: str, person: str) -> int:
    return crc32(f"{route} {person}".encode())
