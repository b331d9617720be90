"""The pages of meetings, and the ways there."""

from __future__ import annotations

from tests.browser.ways import Visit

WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {}
NO_PAGES: frozenset[str] = frozenset()
