"""Meetings that are called, changed and called off."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.models import Meeting
from cohorts.notifications.addresses import meeting_address
from cohorts.permissions import meetings_visible_to
from core.clock import zone_named
from core.register import Payload, Shown
from notices.actions import notify_all

MEETING = "cohorts.meeting"


class News(IntEnum):
    """What a notice of a meeting tells."""

    CALLED = 1
    SEVERAL_CALLED = 2
    CHANGED = 3
    CALLED_OFF = 4


def meeting_called(meeting: Meeting, *, by: Any, are_more: bool) -> None:
    """The others in the cohort: a meeting is called, or several of which this is the first."""
    _tell_of_meeting(meeting, News.SEVERAL_CALLED if are_more else News.CALLED, by)


def meeting_changed(meeting: Meeting, *, by: Any) -> None:
    """The others in the cohort: it has another time or place."""
    _tell_of_meeting(meeting, News.CHANGED, by)


def meeting_called_off(meeting: Meeting, *, by: Any) -> None:
    """The others in the cohort: it does not take place."""
    _tell_of_meeting(meeting, News.CALLED_OFF, by)


def _tell_of_meeting(meeting: Meeting, news: News, by: Any) -> None:
    rows = User.objects.filter(memberships__in=meeting.cohort.memberships.current())
    others = [member for member in rows if member.pk != by.pk]
    payload = {"meeting": meeting.pk, "news": int(news)}
    notify_all(members=others, kind=MEETING, payload=payload)


def known_meetings(member: Any) -> dict[str, Any]:
    """The meetings that the member may know of now."""
    return {"meeting": meetings_visible_to(member)}


def show_meetings(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """The meetings that the member may know of now, in the member's time zone: one query for all."""
    ids = {str(payload["meeting"]) for payload in payloads}
    rows = meetings_visible_to(member).filter(pk__in=ids).select_related("cohort")
    found = {str(row.pk): row for row in rows}
    return [
        _meeting(found.get(str(payload["meeting"])), payload.get("news"), member)
        for payload in payloads
    ]


def _meeting(row: Meeting | None, news: Any, member: Any) -> Shown | None:
    if row is None:
        return None
    sentences = {
        News.SEVERAL_CALLED: _("Meetings of %(cohort)s are called, the first one for %(when)s"),
        News.CHANGED: _("A meeting of %(cohort)s has another time or place: %(when)s"),
        News.CALLED_OFF: _("The meeting of %(cohort)s on %(when)s is called off"),
    }
    what = News.CALLED_OFF if row.called_off_at else news
    words = sentences.get(what, _("A meeting of %(cohort)s is called for %(when)s"))
    local = row.starts_at.astimezone(zone_named(member.time_zone))
    when = date_format(local, "DATETIME_FORMAT")
    return Shown(words % {"cohort": row.cohort.name, "when": when}, meeting_address(row))
