"""Plants of care."""

from __future__ import annotations

from tests.sweep.planting.kinds import Page, Plant

PLANTS: dict[str, Plant] = {}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = ()
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}
