"""The pages of threads, and the ways there."""

from __future__ import annotations

from tests.browser.ways import Visit, at

WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {}
NO_PAGES: frozenset[str] = frozenset()

# Quiet acts, and what facilitators do.
_ROOM = "/caucuses/{caucus}/threads"
WALKS |= {
    "caucus-acts": (
        "dev",
        (
            at(f"{_ROOM}/later/", "later"),
            at(f"{_ROOM}/{{their_thread}}/posts/{{their_post}}/hide/", "post-hide"),
        ),
    ),
}
_ONE = "caucuses/<uuid:caucus_id>/threads/<uuid:thread_id>"
NO_PAGES |= {
    f"{_ONE}/close/",
    f"{_ONE}/posts/<uuid:post_id>/act/",
    f"{_ONE}/posts/<uuid:post_id>/reveal/",
}
