"""Plants of threads: what Dev says in his own room, where Elu reads it, and what he is writing."""

from __future__ import annotations

from typing import Any

from caucuses.models import Seat
from caucuses.threads.actions import begin_thread, edit_post, keep_draft, post_reply
from caucuses.threads.actions.acts import mark_post, recognize_post
from caucuses.threads.actions.drafting import draft_in
from caucuses.threads.models import Draft, LaterMark, Post, Recognition, Thread, Wording
from scripts.traces import Words
from tests.caucuses.story import join, own_room
from tests.caucuses.threads.saying import said
from tests.sweep.planting.kinds import Page, Plant, Use, person


def _seat(member: Any) -> Seat:
    return own_room(member, person("elu"))


def _thread(member: Any, planted: Words) -> Thread:
    """Its first post says what the planted one quotes."""
    title = f"About {planted.word('threads.Thread.title')}"
    text = f"It began with {planted.word('threads.Post.quoted')}."
    return begin_thread(seat=_seat(member), title=title, text=text).thread


def _post(member: Any, planted: Words) -> Post:
    """A post that said something else before, answers a passage, and was hidden since: Dev alone still reads it."""
    post = _shown(member, planted)
    post.hidden_at, post.reason = (
        post.written_at,
        f"Because of {planted.word('threads.Post.reason')}.",
    )
    post.save(update_fields=["hidden_at", "reason"])
    return post


def _shown(member: Any, planted: Words) -> Post:
    """The same words in a post that everybody in the room reads."""
    seat = _seat(member)
    thread = Thread.objects.filter(caucus=seat.caucus_id).latest("opened_at")
    first = Post.objects.filter(thread=thread).earliest("written_at")
    before = f"I said {planted.word('threads.Wording.text')}."
    post = post_reply(seat=seat, thread=thread, text=before, quotes=first.pk)
    text, html = (planted.word(f"threads.Post.{name}") for name in ("text", "html"))
    return edit_post(seat=seat, post=post, text=f"I say {text} and **{html}**.", seen_revision=1)


def _wording(member: Any, _planted: Words) -> Wording:
    return Wording.objects.filter(caucus=_seat(member).caucus_id).latest("until")


def _draft(member: Any, planted: Words) -> Draft:
    """Of a new conversation."""
    seat = _seat(member)
    title, text = (planted.word(f"threads.Draft.{name}") for name in ("title", "text"))
    draft = draft_in(seat, None)
    seen = draft.version if draft else 0
    kept = keep_draft(seat=seat, thread=None, title=title, text=f"I say {text}.", seen=seen)
    assert kept is not None
    return kept


PLANTS: dict[str, Plant] = {
    "threads.Thread": _thread,
    "threads.Post": _post,
    "threads.Post.shown": _shown,
    "threads.Wording": _wording,
    "threads.Draft": _draft,
}
_ROOM = "caucuses.Caucus"
_THREAD = (_ROOM, "threads.Thread")
_POST = (*_THREAD, "threads.Post.shown")


def _of(model: str, *names: str) -> frozenset[str]:
    return frozenset(f"threads.{model}.{name}" for name in names)


#: Dev's own pages, and the words that stand on each.
PAGES: tuple[Page, ...] = (
    Page("threads:thread_list", _of("Thread", "title"), _ROOM),
    Page(
        "threads:thread_show",
        _of("Thread", "title") | _of("Post", "text", "html", "quoted", "reason"),
        _THREAD,
    ),
    Page("threads:thread_begin", _of("Draft", "title", "text"), _ROOM),
    Page("threads:draft_drop", _of("Draft", "title", "text"), _ROOM),
    Page("threads:post_edit", _of("Post", "text", "html"), _POST),
    Page("threads:post_delete", _of("Post", "text", "html"), _POST),
    Page("threads:wording_list", _of("Post", "text", "html") | _of("Wording", "text"), _POST),
    Page("caucuses:own_copy", _of("Post", "text", "html"), _ROOM, "post", {"as": "json"}),
)
#: Label of a model -> who of the cast, besides Dev, may find its words.
READERS: dict[str, frozenset[str]] = {
    label: frozenset({"elu"}) for label in ("threads.Thread", "threads.Post", "threads.Wording")
} | {"threads.Post.reason": frozenset()}  # told to whose post was hidden
_SAID: dict[str, str | list[str]] = {"text": "I say {word}."}
_BEGUN: dict[str, str | list[str]] = {"title": "About {word}", "text": "I say {word}."}
#: He writes, looks at it, keeps it, posts it; words a post anew. What is too long comes back.
USES: tuple[Use, ...] = (
    Use("threads:draft_keep", _THREAD, _SAID, into="threads.Draft", form_on="threads:thread_show", expects=200),
    Use("threads:draft_begin", _ROOM, _BEGUN, into="threads.Draft", form_on="threads:thread_begin", expects=200),
    Use("threads:reply_write", _THREAD, {**_SAID, "act": "preview"}, into="threads.Draft", expects=200),
    Use("threads:reply_write", _THREAD, {**_SAID, "act": "keep"}, into="threads.Draft", expects=200),
    Use("threads:reply_write", _THREAD, {**_SAID, "act": "keep", "seen": "77"}, expects=409),
    Use("threads:reply_write", _THREAD, {"text": "{word}" * 1200}, expects=200),
    Use("threads:reply_write", _THREAD, _SAID, into="threads.Post"),
    Use("threads:thread_begin", _ROOM, {**_BEGUN, "act": "preview"}, into="threads.Draft", expects=200),
    Use("threads:thread_begin", _ROOM, {**_BEGUN, "title": "{word}" * 20}, expects=200),
    Use("threads:thread_begin", _ROOM, _BEGUN, into="threads.Thread"),
    Use("threads:post_edit", _POST, {**_SAID, "act": "preview"}, expects=200),
    Use("threads:post_edit", _POST, {**_SAID, "revision": "77"}, expects=409),
    Use("threads:post_edit", _POST, _SAID, into="threads.Post"),
)  # fmt: skip
NAMES: dict[str, str] = {"thread": "threads.Thread", "post": "threads.Post.shown"}

# What quiet acts and facilitators do: Dev marks, recognizes and hides what Elu said.


def _elu(member: Any) -> Seat:
    return join(_seat(member), person("elu"))


def _their_post(member: Any, _planted: Words) -> Post:
    return said(_elu(member), "It costs me sleep.")


def _their_thread(member: Any, _planted: Words) -> Thread:
    return Post.objects.filter(seat=_elu(member)).latest("written_at").thread


def _mark(member: Any, _planted: Words) -> LaterMark:
    post = _their_post(member, _planted)
    mark_post(seat=_seat(member), post=post)
    return LaterMark.objects.get(post=post)


def _recognition(member: Any, _planted: Words) -> Recognition:
    post = _their_post(member, _planted)
    recognize_post(seat=_seat(member), post=post)
    return Recognition.objects.get(post=post)


PLANTS |= {
    "threads.Post.their": _their_post,
    "threads.Thread.their": _their_thread,
    "threads.LaterMark": _mark,
    "threads.Recognition": _recognition,
}
_THEIRS = (_ROOM, "threads.Thread.their", "threads.Post.their")
USES += (
    Use("threads:post_hide", _THEIRS, {"reason": "{word}" * 200}, expects=200),
    Use("threads:post_hide", _THEIRS, {"reason": "{word}"}, into="threads.Post.reason", turn=1),
)
NAMES |= {"their_post": "threads.Post.their", "their_thread": "threads.Thread.their"}
