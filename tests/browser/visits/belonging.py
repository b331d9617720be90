"""The pages of belonging to an organization, and the ways there."""

from __future__ import annotations

from tests.browser.ways import Visit, at

#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "belonging": ("dev", (at("/account/organization/"),)),
    "belonging-backbone": ("ana", (at("/account/organization/", "belonging-desk"),)),
}
#: Addresses that are acts or files and no pages.
NO_PAGES: frozenset[str] = frozenset({"account/organization/<uuid:member_id>/"})
