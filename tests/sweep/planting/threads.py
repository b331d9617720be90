"""Plants of threads."""

from __future__ import annotations

from typing import Any

from caucuses.threads.actions.acts import hide_post, mark_post, recognize_post
from caucuses.threads.models import LaterMark, Post, Recognition, Thread
from scripts.traces import Words
from tests.caucuses.concerns.hands import facilitating
from tests.caucuses.story import join, own_room
from tests.caucuses.threads.hands import said
from tests.sweep.planting.kinds import Page, Plant, Use, person

PLANTS: dict[str, Plant] = {}
PAGES: tuple[Page, ...] = ()
READERS: dict[str, frozenset[str]] = {}
USES: tuple[Use, ...] = ()
NAMES: dict[str, str] = {}

# What quiet acts and facilitators do with what Elu said.


def _their_post(member: Any, _words: Words) -> Post:
    """Something that Elu said, which Dev marks and hides."""
    return said(join(own_room(member, person("elu")), person("elu")), "It costs me sleep.")


def _their_thread(member: Any, _words: Words) -> Thread:
    return (
        Post.objects.filter(seat=join(own_room(member, person("elu")), person("elu")))
        .latest("written_at")
        .thread
    )


def _mark(member: Any, _words: Words) -> LaterMark:
    seat = own_room(member, person("elu"))
    post = said(join(seat, person("elu")), "It costs me sleep.")
    mark_post(seat=seat, post=post)
    return LaterMark.objects.get(seat=seat, post=post)


def _recognition(member: Any, _words: Words) -> Recognition:
    seat = own_room(member, person("elu"))
    post = said(join(seat, person("elu")), "It costs me sleep.")
    recognize_post(seat=seat, post=post)
    return Recognition.objects.get(seat=seat, post=post)


def hidden(make: Plant) -> Plant:
    """The same post of Dev's, which Elu, who facilitates too, has hidden with a reason."""

    def made(member: Any, words: Words) -> Post:
        post = make(member, words)
        elu = facilitating(join(own_room(member, person("elu")), person("elu")))
        hide_post(seat=elu, post=post, reason=f"For {words.word('threads.Post.reason')}.")
        return Post.objects.get(pk=post.pk)

    return made


THREAD, POST = "threads.Thread.their", "threads.Post.their"
PLANTS |= {
    POST: _their_post,
    THREAD: _their_thread,
    "threads.LaterMark": _mark,
    "threads.Recognition": _recognition,
}
NAMES |= {"their_post": POST, "their_thread": THREAD}
USES += (
    Use("threads:post_hide", ("caucuses.Caucus", THREAD, POST), {"reason": "{word}" * 200}, expects=200),
    Use("threads:post_hide", ("caucuses.Caucus", THREAD, POST), {"reason": "{word}"}, into="threads.Post.reason", turn=1),
)  # fmt: skip
