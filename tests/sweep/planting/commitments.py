"""Plants of commitments."""

from __future__ import annotations

from tests.sweep.planting.kinds import Page, Plant, Use

PLANTS: dict[str, Plant] = {}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = ()
#: What Dev types into the forms of the room.
USES: tuple[Use, ...] = ()
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}
