"""What a pair is told about its check-ins, one function a message, and what a reader may see of each notice.

No sentence says who did or did not do something.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accountability.buddies.models import Place
from accountability.checkins.models import CheckIn
from accountability.checkins.permissions import check_ins_visible_to, own_places
from core.register import Payload, Shown
from notices.actions import not_yet_told, notify_all

NEAR = "checkins.near"
OPEN = "checkins.open"
MOVED = "checkins.moved"
ASKED = "checkins.asked"
ONWARD = "checkins.onward"


def check_in_near(check_in: CheckIn, members: Collection[Any]) -> None:
    """Those who have not handed in, a day before: it is near."""
    notify_all(members=members, kind=NEAR, payload={"check_in": check_in.pk})


def check_in_open(check_in: CheckIn, members: Collection[Any]) -> None:
    """Those for whom there is something to read. Whoever has not read the last such notice gets no second one."""
    _once(OPEN, check_in, members)


def check_in_moved(check_in: CheckIn, members: Collection[Any]) -> None:
    """The others: there is another date. The sentence has the date as it is when it is read."""
    _once(MOVED, check_in, members)


def asked_how(places: Collection[Place]) -> None:
    """Each for themselves: how is it going?"""
    _each(ASKED, places)


def may_go_onward(places: Collection[Place]) -> None:
    """Who goes on writing while the other side rests: they may look for a new partner."""
    _each(ONWARD, places)


def known_check_ins(member: Any) -> dict[str, Any]:
    """Check-ins that the member may know of."""
    return {"check_in": check_ins_visible_to(member)}


def known_places(member: Any) -> dict[str, Any]:
    """The member's own place, as long as it is open."""
    return {"place": own_places(member)}


def show_near(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """Check-ins that the member may know of: one query for all."""
    return _shown(member, payloads, lambda row: _("Your check-in is near: %(when)s") % _when(row))


def show_open(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """Check-ins that the member may know of: one query for all."""
    words = _("At your check-in of %(when)s you can read each other’s words")
    return _shown(member, payloads, lambda row: words % _when(row))


def show_moved(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """Check-ins that the member may know of: one query for all."""
    words = _("Your check-in has another date: %(when)s")
    return _shown(member, payloads, lambda row: words % _when(row))


def show_asked(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The member's own place, as long as it is open: one query for all."""
    return _shown_of_place(member, payloads, _("How is it going with your check-ins?"))


def show_onward(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The member's own place, as long as it is open: one query for all."""
    words = _("Your check-ins rest on the other side; you can look for a new partner if you like")
    return _shown_of_place(member, payloads, words)


def _once(kind: str, check_in: CheckIn, members: Collection[Any]) -> None:
    payload = {"check_in": check_in.pk}
    fresh = not_yet_told(members, kind=kind, payload=payload)
    notify_all(members=fresh, kind=kind, payload=payload)


def _each(kind: str, places: Collection[Place]) -> None:
    for place in places:
        payload = {"place": place.pk}
        fresh = not_yet_told([place.member], kind=kind, payload=payload)
        notify_all(members=fresh, kind=kind, payload=payload)


def _when(row: CheckIn) -> dict[str, str]:
    return {"when": date_format(timezone.localtime(row.due_at), "DATETIME_FORMAT")}


def _shown(
    member: Any, payloads: Sequence[Payload], words: Callable[[CheckIn], str]
) -> list[Shown | None]:
    ids = {str(payload["check_in"]) for payload in payloads}
    found = {
        str(row.pk): Shown(words(row), reverse("checkins:check_in_show", args=[row.pk]))
        for row in check_ins_visible_to(member).filter(pk__in=ids)
    }
    return [found.get(str(payload["check_in"])) for payload in payloads]


def _shown_of_place(member: Any, payloads: Sequence[Payload], words: str) -> list[Shown | None]:
    ids = {str(payload["place"]) for payload in payloads}
    found = {
        str(row.pk): Shown(words, reverse("checkins:asking_answer"))
        for row in own_places(member).filter(pk__in=ids)
    }
    return [found.get(str(payload["place"])) for payload in payloads]
