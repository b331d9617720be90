"""The pages of caucuses, and the ways there."""

from __future__ import annotations

from tests.browser.ways import Visit, at

WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "caucuses": (
        "dev",
        (
            at("/caucuses/"),
            at("/caucuses/meaning/"),
            at("/caucuses/{caucus}/", "room"),
            at("/caucuses/{caucus}/agreement/", "room-agreement"),
        ),
    ),
}
NO_PAGES: frozenset[str] = frozenset()
