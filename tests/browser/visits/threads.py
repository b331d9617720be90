"""The pages of threads, and the ways there."""

from __future__ import annotations

from typing import Any

from tests.browser.ways import Scene, Visit, at

HERE = "/caucuses/{caucus}/threads/"
ONE = HERE + "{thread}/"
POST = ONE + "posts/{post}/"
ROUTE = "caucuses/<uuid:caucus_id>/threads/"
THREAD_ROUTE = ROUTE + "<uuid:thread_id>/"


def _address(scene: Scene, pattern: str) -> str:
    return pattern.format(**scene.made)


def a_preview(page: Any, scene: Scene) -> None:
    """A reply as it would be shown."""
    page.goto(_address(scene, ONE + "reply/"))
    page.get_by_label("Your reply").fill("I **moved** us on to the budget.")
    with page.expect_navigation():
        page.get_by_role("button", name="Preview").click()


def nothing_written(page: Any, scene: Scene) -> None:
    """An empty reply."""
    page.goto(_address(scene, ONE + "reply/"))
    page.get_by_label("Your reply").fill("")
    with page.expect_navigation():
        page.get_by_role("button", name="Post reply").click()


def two_texts(page: Any, scene: Scene) -> None:
    """Two tabs edit one post, and the second one saves."""
    address = _address(scene, POST + "edit/")
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    for tab, words in ((other, "From the phone."), (page, "From the desk.")):
        tab.get_by_label("Your post").fill(words)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Save").click()
    other.close()


#: Name of the walk -> who walks, and where.
WALKS: dict[str, tuple[str | None, tuple[Visit, ...]]] = {
    "conversations": (
        "dev",
        (
            at(HERE, "conversations"),
            at(HERE + "new/", "conversation-begin"),
            at(HERE + "draft/discard/", "draft-of-a-new-conversation"),
            at(ONE, "conversation"),
            at(ONE + "reply/", "conversation-reply"),
            Visit("conversation-preview", a_preview, THREAD_ROUTE + "reply/"),
            Visit("conversation-nothing-written", nothing_written, THREAD_ROUTE + "reply/"),
            at(ONE + "draft/discard/", "draft-of-a-reply"),
            at(POST + "edit/", "post-edit"),
            Visit("post-two-texts", two_texts, THREAD_ROUTE + "posts/<uuid:post_id>/edit/", 409),
            at(POST + "wordings/", "post-wordings"),
            at(POST + "delete/", "post-delete"),
        ),
    )
}
#: Addresses that are acts, or lead on.
NO_PAGES: frozenset[str] = frozenset(
    {
        ROUTE + "draft/",
        THREAD_ROUTE + "draft/",
        THREAD_ROUTE + "new/",
        THREAD_ROUTE + "posts/<uuid:post_id>/",
    }
)

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
