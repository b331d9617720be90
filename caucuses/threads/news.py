"""What is new in a conversation for a page that stands open. Nothing here writes anything: nobody is seen looking."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caucuses.models import Seat
from caucuses.threads.questions import new_posts, revision_seen

#: Beyond so many it is “more than ten”.
MOST_COUNTED = 10


@dataclass(frozen=True, slots=True)
class News:
    """The first new post, and how many there are, counted up to one more than `MOST_COUNTED`."""

    first: UUID
    number: int

    @property
    def words(self) -> str:
        """“Two new posts”."""
        return _words()[self.number]


def revision_of(seat: Seat, thread_id: UUID) -> int | None:
    """Grows with every change in the conversation; None where there is none that the seat may see. One query."""
    return revision_seen(seat, thread_id)


def tag(seat: Seat, revision: int, behind: UUID | None) -> str:
    """The strong validator of what this seat would be told now: keyed, so that it tells nobody else anything."""
    told = f"{seat.pk}|{revision}|{behind}|{get_language()}"
    return f'"{salted_hmac("caucuses.threads.news", told, algorithm="sha256").hexdigest()[:32]}"'


def news_for(seat: Seat, thread_id: UUID, behind: UUID | None) -> News | None:
    """What others have said behind this post that the seat reads unfolded; None for nothing. One query."""
    found = new_posts(seat, thread_id, behind, most=MOST_COUNTED + 1)
    return News(found[0], len(found)) if found else None


def _words() -> tuple[str, ...]:
    return (
        "",
        _("One new post"),
        _("Two new posts"),
        _("Three new posts"),
        _("Four new posts"),
        _("Five new posts"),
        _("Six new posts"),
        _("Seven new posts"),
        _("Eight new posts"),
        _("Nine new posts"),
        _("Ten new posts"),
        _("More than ten new posts"),
    )
