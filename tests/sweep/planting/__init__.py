"""One file for each room: what is planted in its private fields, and where Dev finds it, types it, and who else may read it."""

from __future__ import annotations

from tests.sweep.planting import (
    buddies,
    care,
    checkins,
    commitments,
    journal,
    letter,
    matching,
    reporting,
    sharing,
)
from tests.sweep.planting.kinds import Page, Plant, Use

ROOMS = (journal, buddies, checkins, matching, sharing, commitments, letter, care, reporting)

PLANTS: dict[str, Plant] = {label: plant for room in ROOMS for label, plant in room.PLANTS.items()}
PAGES: tuple[Page, ...] = tuple(page for room in ROOMS for page in room.PAGES)
USES: tuple[Use, ...] = tuple(use for room in ROOMS for use in getattr(room, "USES", ()))
READERS: dict[str, frozenset[str]] = {
    label: names for room in ROOMS for label, names in room.READERS.items()
}
#: Private fields that stand on no page of Dev's, each with its reason. One that has a page must not be named here.
PAGELESS: dict[str, str] = {
    "buddies.Place.contact": "The page of the pair, which will show it, is not written yet.",
    "care.Stop.other": "It holds an id: Dev reads a name that is looked up by it, never the text itself.",
}
