"""The pages of sharing, and the ways there."""

from __future__ import annotations

from tests.browser.ways import Visit

#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset()
