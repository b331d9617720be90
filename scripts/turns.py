"""Which planted ids an address is asked with: those of its own part by everybody, all others by turns. Standard library only.

Everybody at every address with every id would be hours. What lies in the same part of the site is tried by each person; an
id that belongs elsewhere is an unknown one to the address, and each is still brought there by every fourth person.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

#: How the addresses of each private part begin, and the apps whose rows it shows.
PARTS: dict[str, frozenset[str]] = {
    "backbone/letter/": frozenset({"letter"}),
    "backbone/pairing/": frozenset({"buddies", "matching"}),
    "buddy/": frozenset({"buddies", "checkins", "matching"}),
    "care/": frozenset({"accounts", "care"}),  # its addresses name people, too
    "commitments/": frozenset({"commitments", "letter"}),
    "journal/": frozenset({"journal", "sharing"}),
}
#: Pages that are made for few eyes and see over much: every id, by everybody.
DESKS = ("backbone/",)
EVERY = 4


def is_private(route: str) -> bool:
    """Whether this address belongs to one of the private parts."""
    return route.startswith(tuple(PARTS))


def ids_for(route: str, ids: Mapping[str, str], person: str) -> list[str]:
    """The ids that this person asks this address with; `ids` says of which app the row of each is."""
    if route.startswith(DESKS):
        return list(ids)
    own = next((apps for part, apps in PARTS.items() if route.startswith(part)), frozenset())
    first = crc32(f"{route} {person}".encode())
    return [
        one
        for place, (one, app) in enumerate(ids.items())
        if app in own or (first + place) % EVERY == 0
    ]
