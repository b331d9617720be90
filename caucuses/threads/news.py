"""What is new in a conversation for a page that stands open. Nothing here writes anything: nobody is seen looking."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caucuses.models import Fold, Seat
from caucuses.threads.models import Post
from caucuses.threads.permissions import posts_visible_to, threads_visible_to
from caucuses.threads.querysets import after

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
    rows = threads_visible_to(seat).filter(pk=thread_id)
    return rows.order_by().values_list("revision", flat=True).first()


def tag(seat: Seat, revision: int, behind: UUID | None) -> str:
    """The strong validator of what this seat would be told now: keyed, so that it tells nobody else anything."""
    told = f"{seat.pk}|{revision}|{behind}|{get_language()}"
    return f'"{salted_hmac("caucuses.threads.news", told, algorithm="sha256").hexdigest()[:32]}"'


def news_for(seat: Seat, thread_id: UUID, behind: UUID | None) -> News | None:
    """What others have said behind this post that the seat reads unfolded; None for nothing. One query."""
    found = list(_new(seat, thread_id, behind)[: MOST_COUNTED + 1])
    return News(found[0], len(found)) if found else None


def _new(seat: Seat, thread_id: UUID, behind: UUID | None) -> QuerySet[Post, UUID]:
    there = posts_visible_to(seat).filter(thread=thread_id)
    if behind is not None:
        there = after(there, "written_at", behind)
    readable = there.filter(deleted_at__isnull=True, hidden_at__isnull=True)
    folded = Fold.objects.filter(seat=seat.pk).values("other")
    others = readable.exclude(seat=seat.pk).exclude(seat__in=folded)
    return others.order_by("written_at", "pk").values_list("pk", flat=True)


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
