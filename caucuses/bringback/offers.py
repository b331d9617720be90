"""What bringback offers at the doors: a line and a card in the room, a section on a cohort's page, the worker's part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from caucuses.bringback.actions import (
    delete_parted,
    expire_notes,
    leave_notes,
    release_due,
    theirs,
)
from caucuses.bringback.actions.replies import clean_again
from caucuses.bringback.models import Released
from caucuses.bringback.permissions import notes_changeable_by
from caucuses.bringback.reading import lines_of, words_of
from caucuses.models import Caucus, Seat
from caucuses.offers import way
from caucuses.owncopy import OwnWords
from caucuses.stretches import newest_page
from cohorts.models import Cohort
from core import doors

ON_A_COHORTS_PAGE = 5
ON_THE_CARD = 3


def notes_way(*, request: HttpRequest, seat: Seat, **_given: Any) -> str:
    """The way to the notes."""
    return way(
        seat=seat, name="bringback:note_list", label=_("To the whole group"), request=request
    )


def notes_card(*, request: HttpRequest, seat: Seat, **_given: Any) -> str | None:
    """The notes that go out next, or are held; no card where none is inside."""
    lines = lines_of(notes_changeable_by(seat).order_by("due_at", "pk")[:ON_THE_CARD])
    if not lines:
        return None
    return render_to_string("bringback/door_caucus_card.html", {"seat": seat, "lines": lines})


def cohort_notes(*, request: HttpRequest, cohort: Cohort, **_given: Any) -> str | None:
    """What stands on the cohort’s page, by day and, within one, in no order that says anything; nothing where nothing stands."""
    page = newest_page(
        request,
        Released.objects.filter(cohort=cohort),
        "released_on",
        named="note",
        most=ON_A_COHORTS_PAGE,
    )
    if not page.rows:
        return None
    return render_to_string("bringback/door_cohort_notes.html", {"cohort": cohort, "page": page})


def seat_left(*, seat: Seat, with_posts: bool, removed: bool = False, **_given: Any) -> None:
    """End what hangs on the seat."""
    leave_notes(seat=seat, with_posts=with_posts, removed=removed)


def seat_parts(*, seat: Seat, **_given: Any) -> dict[str, Any]:
    """For who is removed: the ids of notes and wordings that go when they have their words deleted."""
    return {"texts": [], "posts": [str(pk) for pk in theirs(seat)]}


def parted_posts(*, caucus: Caucus, post_ids: Collection[UUID], **_given: Any) -> None:
    """Delete those of these that are notes or wordings."""
    delete_parted(caucus=caucus, ids=post_ids)


def caucus_expired(*, caucus: Caucus, before: datetime, **_given: Any) -> int:
    """Delete what is older than the caucus keeps its words."""
    return expire_notes(caucus=caucus, before=before)


def own_words(*, seat: Seat) -> OwnWords:
    """What the seat worded of notes."""
    return str(_("Notes to the whole group")), words_of(seat)


def every_minute(*, now: datetime) -> int:
    """Let out what is due."""
    return release_due(now)


def hourly(*, now: datetime) -> None:
    """Bring what stands on cohorts’ pages up to the cleaner of this version of the code."""
    clean_again()


def register() -> None:
    """Make the offers."""
    doors.offer("caucus_way", notes_way, order=40)
    doors.offer("caucus_card", notes_card, order=40)
    doors.offer("cohort_notes", cohort_notes)
    doors.offer("seat_left", seat_left)
    doors.offer("seat_parts", seat_parts)
    doors.offer("parted_posts", parted_posts)
    doors.offer("caucus_expired", caucus_expired)
    doors.offer("own_words", own_words, order=40)
    doors.offer("every_minute", every_minute)
    doors.offer("hourly", hourly)
