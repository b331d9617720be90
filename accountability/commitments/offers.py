"""What commitments offer at the doors of the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, QuerySet, UUIDField
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accountability.buddies.permissions import can_write_in_pair, members_there
from accountability.commitments.actions import end_between, refresh_names, remind
from accountability.commitments.choices import NEAR
from accountability.commitments.leaving import leaving
from accountability.commitments.models import Commitment, PublishedCopy, Witness
from accountability.commitments.permissions import (
    commitments_between,
    commitments_changeable_by,
)
from accountability.commitments.reading import lines_of
from accountability.commitments.showing import shown_between
from accountability.commitments.taking import shared_with_buddy
from core import doors
from core.fragments import address, foot_line, nav_line
from core.prepared import Given, Prepared, Somebody, room_for, several, told

MOST_ON_TODAY = 3
MOST_BESIDE = 20


def commitments_line(*, request: HttpRequest, **_given: Any) -> str | None:
    """The line of the navigation, the same for every member, whether or not they have promised anything."""
    if not request.user.is_authenticated:
        return None
    return nav_line(request, address("commitments:commitment_list"), _("Commitments"))


def public_line(**_given: Any) -> str:
    """The footer's line to what was promised in public."""
    return foot_line("commitments:statement_list", _("Public commitments"))


def commit(*, request: HttpRequest, lesson: Any, **_given: Any) -> str | None:
    """Under something to do in a lesson: the way to promise it, for members. It names the lesson, and asks no database."""
    if not request.user.is_authenticated:
        return None
    named = urlencode({"lesson": lesson.translation_key})
    url = f"{reverse('commitments:commitment_new')}?{named}"
    return render_to_string("commitments/door_commit.html", {"url": url})


def _shown_by(room: int) -> Prepared[Commitment]:
    keepers = several("keeper", room, UUIDField())
    return Prepared(
        lambda: Commitment.objects.newest_of(
            keepers, 0, MOST_BESIDE + 1, for_buddies=True
        ).for_list()
    )


_SHOWN_BY = {room: _shown_by(room) for room in (1, 2, 4)}  # a pair, or three


def _both_see(member: Any, pair: Any) -> list[Commitment]:
    """The newest of `commitments_between` a pair in which the member has a place."""
    there = members_there(pair)
    room = room_for(len(there)) if isinstance(there, list) and there else 0
    if room not in _SHOWN_BY:
        return list(commitments_between(member, pair).newest(0, MOST_BESIDE + 1).for_list())
    return _SHOWN_BY[room].ask(**told("keeper", room, there))


def between(
    *, request: HttpRequest, member: Any, pair: Any, is_open: bool | None = None, **_given: Any
) -> str | None:
    """Beside a pair, and beside a check-in: the commitments that both may see, as long as they are a pair.

    `is_open` says whether they are, where the page has asked already.
    """
    if not (can_write_in_pair(member, pair) if is_open is None else is_open):
        return None
    found = _both_see(member, pair)
    lines = sorted(lines_of(found[:MOST_BESIDE], member), key=lambda line: line.whose)
    context = {"lines": shown_between(lines), "more": len(found) > MOST_BESIDE}
    # Without the request, whose own questions the page around it has asked already.
    return render_to_string("commitments/door_buddies.html", context)


def beside_check_in(*, request: HttpRequest, member: Any, pair: Any, **_given: Any) -> str | None:
    """The same."""
    return between(request=request, member=member, pair=pair)


def _near() -> QuerySet[Commitment]:
    rows = commitments_changeable_by(Somebody()).filter(review_on__lte=Given("soon", DateField()))
    return rows.only("kind", "review_on").order_by("review_on", "pk")[:MOST_ON_TODAY]


_NEAR = Prepared(_near)


def today_card(*, request: HttpRequest | None, **_given: Any) -> str | None:
    """The card on Today when a review date is near or has come. It says which day, and not what was promised."""
    if request is None or not request.user.is_authenticated:
        return None
    soon = timezone.localdate() + NEAR
    rows = _NEAR.ask(member=request.user.pk, soon=soon)
    return render_to_string("commitments/door_today_card.html", {"rows": rows}) if rows else None


def contact_stopped(*, by: Any, other: Any, **_given: Any) -> None:
    """Neither is a witness of the other any more."""
    end_between(by=by, other=other)


def pair_export(*, member: Any, **_given: Any) -> tuple[str, list[dict[str, Any]]]:
    """For what a member takes along from a pair: their own commitments that their buddy may read."""
    return "commitments", shared_with_buddy(member)


def public_addresses(**_given: Any) -> list[str]:
    """The public statements, for the sitemap."""
    copies = PublishedCopy.objects.public().values_list("pk", flat=True)
    one = (reverse("commitments:statement_show", args=[key]) for key in copies)
    return [reverse("commitments:statement_list"), *one]


def hourly(*, now: datetime) -> None:
    """Remind of review dates, and give published copies the names that people go by now."""
    remind(now)
    refresh_names()


def knows(*, member: Any, other_id: UUID) -> bool:
    """Whether one was asked to be a witness of the other's, also when that is over: stopping contact ends it unseen."""
    return Witness.objects.between(member.pk, other_id).exists()


def register() -> None:
    """Make the offers."""
    doors.offer("leaving", leaving, order=40)
    doors.offer("navigation", commitments_line, order=31)
    doors.offer("footer", public_line, order=20)
    doors.offer("commit", commit)
    doors.offer("buddy_card", between, order=50)
    doors.offer("beside_check_in", beside_check_in)
    doors.offer("today_card", today_card, order=30)
    doors.offer("contact_stopped", contact_stopped)
    doors.offer("pair_export", pair_export, order=40)
    doors.offer("sitemap", public_addresses)
    doors.offer("hourly", hourly)
    doors.offer("knows", knows, order=50)
