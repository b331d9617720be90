"""What matching offers at the doors of the page, and what it does when something happens in the rooms beside it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accountability.buddies.models import Place
from accountability.matching.actions import previews, rounds
from accountability.matching.actions.matches import (
    end_old_matches,
    pair_came_about,
    remember_partners,
    withdraw_all_of,
    withdraw_matches,
)
from accountability.matching.models import Answers
from accountability.matching.permissions import seats_visible_to
from accountability.matching.reading import standing_of
from core import doors
from core.leaving import Remark, When
from core.prepared import Prepared, Somebody


def find_buddy(*, request: HttpRequest, member: Any, **_given: Any) -> str:
    """For a member without a buddy: how being matched stands, and the way to it."""
    context = {"standing": standing_of(member)}
    return render_to_string("matching/door_find.html", context, request=request)


_WAITING = Prepared(lambda: seats_visible_to(Somebody()).for_answer().order_by("pk")[:1])


def today_card(*, request: HttpRequest, **_given: Any) -> str | None:
    """A match that waits for the member's answer; nothing else of matching is on Today."""
    seat = _WAITING.first(member=request.user.pk)
    if seat is None:
        return None
    return render_to_string("matching/door_today.html", {"seat": seat})


def pair_formed(*, members: Collection[Any], **_given: Any) -> None:
    """Matches of those who have become buddies end at once, and they are not matched again for some rounds."""
    pair_came_about(members)


def place_left(*, place: Place, now: datetime, **_given: Any) -> None:
    """Those who were buddies are not matched again for some rounds, and nobody is in a round that they did not ask for."""
    remember_partners(place)
    Answers.objects.filter(member=place.member_id).update(wanted=False)


def contact_stopped(*, by: Any, other: Any, **_given: Any) -> None:
    """A match of the two is over. Whoever stopped contact is not told; the other as if somebody had said no."""
    withdraw_matches(one=by.pk, other=other.pk, tells_not=by.pk)


def member_left(*, member: Any, **_given: Any) -> None:
    """Their match is over, and they are not in the next round unless they come back and ask for it."""
    withdraw_all_of(member)
    Answers.objects.filter(member=member.pk).update(wanted=False)


def leaving(*, member: Any) -> list[Remark]:
    """What the page of leaving says of a match."""
    if not seats_visible_to(member).for_answer().exists():
        return []
    return [Remark(When.NOW, _("The match that was proposed to you is over, and stays so."))]


def hourly(*, now: datetime) -> int:
    """End matches that waited long enough, and take away previews before they are older than a day and an hour.

    Have what still waits and has no task done after all.
    """
    asked = rounds.ask_again() + previews.ask_again()
    return end_old_matches(now) + previews.prune_previews(now) + asked


def knows(*, member: Any, other_id: UUID) -> bool:
    """Whether the two were proposed to each other, also when that is over, while the match is kept."""
    return seats_visible_to(member).beside(other_id).exists()


def register() -> None:
    """Make the offers."""
    doors.offer("find_buddy", find_buddy, order=40)
    doors.offer("today_card", today_card, order=30)
    doors.offer("pair_formed", pair_formed)
    doors.offer("place_left", place_left)
    doors.offer("contact_stopped", contact_stopped)
    doors.offer("member_left", member_left, order=20)
    doors.offer("leaving", leaving, order=35)
    doors.offer("hourly", hourly)
    doors.offer("knows", knows, order=40)
