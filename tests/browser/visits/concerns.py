"""The pages of concerns, and the ways there."""

from __future__ import annotations

from tests.browser.ways import Visit, at

ROOM = "/caucuses/{caucus}"
#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "caucus-care": (
        "dev",
        (
            at(f"{ROOM}/people/kept/", "kept-away"),
            at(f"{ROOM}/people/{{other_seat}}/stop/", "keep-away"),
            at(f"{ROOM}/reports/", "concerns"),
            at(f"{ROOM}/reports/person/{{other_seat}}/", "concern-without-reader"),
            at(f"{ROOM}/reports/post/{{their_post}}/", "concern-about-post"),
            at(f"{ROOM}/reports/{{concern}}/", "concern"),
            at(f"{ROOM}/reports/{{concern}}/withdraw/", "concern-withdraw"),
        ),
    ),
    "caucus-care-of-facilitators": (
        "elu",
        (
            at(f"{ROOM}/reports/", "concerns-elu"),
            at(f"{ROOM}/reports/{{concern}}/", "concern-elu"),
            at(f"{ROOM}/reports/person/{{other_seat}}/", "concern-about-oneself", 404),
        ),
    ),
}
#: Addresses that are acts and no pages.
NO_PAGES: frozenset[str] = frozenset(
    {
        "caucuses/<uuid:caucus_id>/people/kept/<uuid:fold_id>/end/",
        "caucuses/<uuid:caucus_id>/reports/<uuid:concern_id>/answer/",
    }
)
