"""Plants of caucuses."""

from __future__ import annotations

from tests.sweep.planting.kinds import Page, Plant, Use

PLANTS: dict[str, Plant] = {}
PAGES: tuple[Page, ...] = ()
READERS: dict[str, frozenset[str]] = {}
USES: tuple[Use, ...] = ()
NAMES: dict[str, str] = {}
