"""The lines of reporting are kept by the backbone team and name people; Dev types nothing there but that one is wrong."""

from __future__ import annotations

from tests.sweep.planting.kinds import Page, Plant, Use

PLANTS: dict[str, Plant] = {}
#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = ()
#: A button that says that the line is wrong takes no words.
USES: tuple[Use, ...] = ()
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {}
