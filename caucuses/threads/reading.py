"""What pages of conversations show, opened once; whatever does not open is said of that one thing and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from caucuses.models import Seat
from caucuses.threads.acting import Acts, acts_among, with_acts
from caucuses.threads.models import Draft, Post, Thread, Wording
from caucuses.threads.permissions import can_read_post, can_read_title, is_title_shut
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.text import CLEANER_VERSION, clean_markdown, plain_text, trusted

SHUT = (CannotOpen, KeyMissing)
_NAME = ("caucus", "is_facilitator", "name")
#: Everything that a page shows of a post: not what was typed, which the HTML says already.
_OF_A_POST = (
    *("caucus", "thread", "seat", "quotes", "written_at", "edited_at", "deleted_at", "hidden_at"),
    *("revision", "cleaner_version", "html", "quoted", "reason", "quotes__seat"),
    *("quotes__caucus", "quotes__written_at", "quotes__hidden_at"),
    *(f"seat__{name}" for name in _NAME),
    *(f"quotes__seat__{name}" for name in _NAME),
)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as the room knows them. `is_there` is false of who has left."""

    name: str
    is_facilitator: bool = False
    is_there: bool = True

    @property
    def initial(self) -> str:
        """The letter beside what they say."""
        return self.name[:1].upper() if self.is_there else ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The passage that a post answers. Without `text` it is not for this reader, and `why` says the reason in a word."""

    post_id: UUID
    who: Who | None
    text: str = ""
    why: str = ""

    @property
    def lines(self) -> SafeString:
        """The passage with the ends of its lines, escaped."""
        return linebreaksbr(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A post as one seat sees it. Without `html` there is nothing to read, and `state` says why."""

    post: Post
    who: Who | None
    acts: Acts
    html: SafeString | None = None
    state: str = ""
    reason: str | None = ""
    quote: Quote | None = None

    @property
    def key(self) -> str:
        """The post's id, as addresses have it."""
        return str(self.post.pk)

    @property
    def is_read(self) -> bool:
        """Whether there are words that the reader and everybody else reads: they can be answered, and worded anew."""
        return not self.state and not self.acts.is_folded


@dataclass(frozen=True, slots=True)
class Title:
    """What a conversation is about, for one reader."""

    text: str
    is_typed: bool = True
    is_hidden: bool = False  # from everybody else


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in a list."""

    thread: Thread
    title: Title
    who: Who | None


@dataclass(frozen=True, slots=True)
class Written:
    """Words that somebody wrote, opened: title (of a conversation that was not begun yet) and text; None does not open."""

    title: str | None = ""
    text: str | None = ""


def title_of(seat: Seat, thread: Thread) -> Title:
    """The title, or in its place a sentence: begun before the reader came, without one, or damaged."""
    if not can_read_title(seat, thread):
        return Title(_("A conversation from before you came"), is_typed=False)
    if is_title_shut(seat, thread):
        return Title(_("A conversation whose title is hidden"), is_typed=False)
    text = opened(thread, "title")
    if text is None:
        return Title(_("A conversation whose title cannot be opened"), is_typed=False)
    return (
        Title(text, is_hidden=thread.is_title_hidden)
        if text
        else Title(_("A conversation"), is_typed=False)
    )


def talks_of(seat: Seat, threads: Iterable[Thread]) -> list[Talk]:
    """These conversations (read with `seat`) with their titles and who began them."""
    names = Names()
    return [
        Talk(
            thread,
            title_of(seat, thread),
            names.of(thread.seat) if can_read_title(seat, thread) else None,
        )
        for thread in threads
    ]


def for_page(seat: Seat, posts: QuerySet[Post]) -> QuerySet[Post]:
    """The posts with who wrote them, what the seat has noted of them, and what is to be known of those they quote, in one query.

    The text as it was typed stays where it is.
    """
    return with_acts(seat, posts.select_related("seat", "quotes__seat").only(*_OF_A_POST))


def lines_of(seat: Seat, posts: Sequence[Any]) -> list[Line]:
    """Posts of `for_page` as the seat sees them. No query."""
    names, acts = Names(), acts_among(seat, posts)
    return [_line(seat, row, names, acts[row.pk]) for row in posts]


class Names:
    """The names in the room of one page, each opened once."""

    def __init__(self) -> None:
        self._known: dict[UUID, Who] = {}

    def of(self, seat: Seat | None) -> Who:
        """This seat's; of nobody, that they have left."""
        if seat is None:
            return Who(_("a former member"), is_there=False)
        if seat.pk not in self._known:
            name = opened(seat, "name") or _("a member")
            self._known[seat.pk] = Who(name, seat.is_facilitator)
        return self._known[seat.pk]


def shown_html(row: Post) -> SafeString | None:
    """The post as HTML, made anew and kept where an older cleaner made it. None where it does not open."""
    try:
        if row.cleaner_version >= CLEANER_VERSION:
            return row.shown
        made = html_from(str(row.text))
        sealed: Any = Post._meta.get_field("html").seal(made, row)  # type: ignore[union-attr]
        same = Post.objects.filter(pk=row.pk, revision=row.revision)
        same.update(html=sealed, cleaner_version=CLEANER_VERSION)
        return trusted(made)
    except SHUT:
        could_not_open(row)
        return None


def html_from(text: str) -> str:
    """Members' Markdown as a page with many texts shows it: nothing in it is a heading of the page."""
    return clean_markdown(text, headings=False)


def wording_html(row: Wording) -> SafeString | None:
    """An earlier wording as HTML, made anew by the cleaner of now; None where it does not open."""
    try:
        return trusted(html_from(str(row.text)))
    except SHUT:
        could_not_open(row)
        return None


def passage_of(post: Post, *, longest: int) -> str:
    """The beginning of what a post says, as plain text, cut between words. Raises CannotOpen."""
    said = plain_text(str(post.html))
    if len(said) <= longest:
        return said
    cut = said[: longest - 1]
    return cut[: cut.rfind(" ")].rstrip() + "…" if " " in cut[longest // 2 :] else cut + "…"


def opened(row: Any, name: str) -> str | None:
    """The text of a sealed field; None, and a word to the operator, where it cannot be opened."""
    try:
        return str(getattr(row, name))
    except SHUT:
        could_not_open(row)
        return None


def draft_of(draft: Draft | None) -> Written:
    """The words of a draft."""
    if draft is None:
        return Written()
    return Written(opened(draft, "title"), opened(draft, "text"))


def _line(seat: Seat, row: Any, names: Names, acts: Acts) -> Line:
    if row.deleted_at is not None:
        return Line(row, None, acts, state="deleted")
    who = names.of(row.seat)
    if not can_read_post(seat, row):
        return Line(row, who, acts, state="hidden")
    html = shown_html(row)
    if html is None:
        return Line(row, who, acts, state="damaged")
    state = "hidden" if row.hidden_at else ""
    reason = opened(row, "reason") if state else ""
    return Line(row, who, acts, html, state, reason, _quote(seat, row, names))


def _quote(seat: Seat, row: Any, names: Names) -> Quote | None:
    if row.quotes_id is None:
        return None
    if seat.since is None or row.quotes.written_at < seat.since:
        return Quote(row.quotes_id, None, why="before")
    if row.quotes.hidden_at is not None:
        return Quote(row.quotes_id, None, why="hidden")
    if row.folds_quote:
        return Quote(row.quotes_id, None, why="folded")
    text = opened(row, "quoted")
    if text is None:
        return Quote(row.quotes_id, None, why="damaged")
    return Quote(row.quotes_id, names.of(row.quotes.seat), text)
