"""What check-ins offer at the doors of the page, to the buddies' room, and to the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accountability.buddies.models import Pair
from accountability.checkins.actions import plan_check_ins, silence
from accountability.checkins.actions.leaving import end_place
from accountability.checkins.actions.planning import plan_missing
from accountability.checkins.actions.settling import settle_due, share_waiting, tell_near
from accountability.checkins.exporting import check_ins_taken, notes_taken
from accountability.checkins.permissions import notes_visible_to
from accountability.checkins.reading import card_of, kept_of, near_of
from core import doors
from core.leaving import Remark, When

#: Today has a card when a check-in is so near.
SOON = timedelta(days=3)


def buddy_card(*, request: HttpRequest, member: Any, pair: Pair, **_given: Any) -> str:
    """On /buddy/: the check-in that comes, the last ones, notes and calendar."""
    # Without the request, whose own questions (who, which initiative) the page around it has asked already.
    context = {"card": card_of(member, pair), "pair": pair, "csrf_token": get_token(request)}
    return render_to_string("checkins/door_buddy_card.html", context)


def leaving(*, member: Any) -> list[Remark]:
    """On the page on which a member leaves: what both wrote cannot be taken away from the other."""
    if not notes_visible_to(member).exists():
        return []
    return [Remark(When.STAYS, _("The notes that your pair writes together stay with the others, as long as they can read what the pair shared."))]  # fmt: skip


def kept_texts(*, request: HttpRequest, member: Any, **_given: Any) -> str | None:
    """On /buddy/ of who has no buddy now: what they were writing when the pair ended."""
    kept = kept_of(member)
    if not kept:
        return None
    return render_to_string("checkins/door_kept.html", {"kept": kept})


def today_card(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """On Today: a check-in within three days that one has not handed in, or the question how it is going. One query."""
    if request is None or not request.user.is_authenticated:
        return None
    coming: Any = near_of(request.user)
    if coming is None or coming.rests:
        return None
    is_near = coming.due_at <= timezone.now() + SOON
    waits = is_near and not coming.is_in and not coming.is_skipped
    is_asked = coming.asked_at is not None and coming.question_settled_at is None
    if not waits and not is_asked:
        return None
    context = {"coming": coming if waits else None, "is_asked": is_asked}
    return render_to_string("checkins/door_today_card.html", context)


def check_in_rhythm(*, pair: Pair, agreement: Any, now: datetime, **_given: Any) -> None:
    """An agreement has come into force: check in by it."""
    plan_check_ins(
        pair=pair,
        rhythm=agreement.rhythm,
        weekday=agreement.weekday,
        at=agreement.at,
        time_zone=agreement.time_zone,
        first_on=agreement.first_on,
        now=now,
    )


def place_left(*, place: Any, now: datetime, **_given: Any) -> None:
    """Somebody has left a pair."""
    end_place(place=place, now=now)


def place_rests(*, place: Any, now: datetime, **_given: Any) -> None:
    """Somebody of a pair rests."""
    silence.place_rests(place, now)


def place_woke(*, place: Any, now: datetime, **_given: Any) -> None:
    """Somebody of a pair has ended their rest."""
    silence.place_woke(place, now)


def every_minute(*, now: datetime) -> None:
    """Settle what is due, and tell of what is near."""
    settle_due(now)
    tell_near(now)


def hourly(*, now: datetime) -> None:
    """Ask where nobody was heard, let places rest a week later, and see that no pair waits for what does not come."""
    share_waiting(now)
    silence.look_at_settled(now)
    silence.settle_askings(now)
    plan_missing(now)


def register() -> None:
    """Make the offers."""
    doors.offer("buddy_card", buddy_card, order=10)
    doors.offer("find_buddy", kept_texts, order=90)
    doors.offer("today_card", today_card, order=30)
    doors.offer("check_in_rhythm", check_in_rhythm)
    doors.offer("leaving", leaving, order=35)
    doors.offer("place_left", place_left)
    doors.offer("place_rests", place_rests)
    doors.offer("place_woke", place_woke)
    doors.offer("pair_export", check_ins_taken, order=20)
    doors.offer("pair_export", notes_taken, order=30)
    doors.offer("every_minute", every_minute)
    doors.offer("hourly", hourly)
