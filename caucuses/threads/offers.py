"""What threads offers at the doors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from caucuses.models import Caucus, Seat
from caucuses.offers import way
from caucuses.owncopy import OwnWords
from caucuses.threads.actions import delete_parted, seat_leaves
from caucuses.threads.choices import ON_THE_CARD
from caucuses.threads.expiring import expire_posts
from caucuses.threads.leaving import parts_of, words_of
from caucuses.threads.permissions import threads_visible_to
from caucuses.threads.reading import talks_of
from core import doors


def threads_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to the conversations."""
    name, label = "threads:thread_list", _("Conversations")
    return way(seat=seat, name=name, label=label, request=request, but="threads:later_list")


def later_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to what one has marked for later."""
    return way(seat=seat, name="threads:later_list", label=_("For later"), request=request)


def threads_card(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The latest conversations, on the room's first page."""
    latest = threads_visible_to(seat).select_related("seat").order_by("-last_at", "-pk")
    context = {"seat": seat, "talks": talks_of(seat, latest[:ON_THE_CARD])}
    return render_to_string("threads/door_caucus_card.html", context, request=request)


def seat_left(*, seat: Seat, with_posts: bool, removed: bool = False) -> None:
    """The posts of who leaves: kept as by a former member, or deleted."""
    seat_leaves(seat=seat, with_posts=with_posts)


def seat_parts(*, seat: Seat, **_given: Any) -> dict[str, Any]:
    """What is kept for somebody who is removed: what they were writing, and which posts were theirs."""
    return parts_of(seat)


def parted_posts(*, caucus: Caucus, post_ids: Collection[UUID], **_given: Any) -> None:
    """Delete those of these posts that are nobody's any more, and the titles of conversations among these."""
    delete_parted(caucus=caucus, ids=post_ids)


def own_words(*, seat: Seat) -> OwnWords:
    """What the seat's member said, for their own copy."""
    return str(_("Conversations")), words_of(seat)


def register() -> None:
    """Make the offers."""
    doors.offer("caucus_way", threads_way, order=20)
    doors.offer("caucus_way", later_way, order=25)
    doors.offer("caucus_expired", expire_posts)
    doors.offer("caucus_card", threads_card, order=20)
    doors.offer("seat_left", seat_left)
    doors.offer("seat_parts", seat_parts)
    doors.offer("parted_posts", parted_posts)
    doors.offer("own_words", own_words, order=20)
