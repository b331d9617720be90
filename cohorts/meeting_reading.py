"""What pages show of meetings, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid5

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Attendance, Cohort, Meeting
from cohorts.permissions import attendances_visible_to, participants_of
from core.calendars import Entry, calendar_file

ON_A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """One person of the list that a facilitator notes, with what stands of them (None: nothing)."""

    member: Any
    row: Attendance | None


def next_meeting(cohort: Cohort) -> Meeting | None:
    """The next meeting that takes place, none in a cohort that is over: one query."""
    if cohort.is_over:
        return None
    found: Meeting | None = cohort.meetings.taking_place().to_come().first()
    return found


def coming_page(cohort: Cohort, number: str | None) -> Page[Meeting]:
    """Meetings to come, the next one first, also those that were called off; none in a cohort that is over."""
    rows = cohort.meetings.none() if cohort.is_over else cohort.meetings.to_come()
    return Paginator(rows, ON_A_PAGE).get_page(number)


def past_page(cohort: Cohort, number: str | None, reader: Any) -> Page[Meeting]:
    """Past meetings, the last one first; on each stands as `own` what is said or noted of the reader alone."""
    page = Paginator(cohort.meetings.past(), ON_A_PAGE).get_page(number)
    own = own_of(list(page), reader)
    for meeting in page:
        meeting.own = own.get(meeting.pk)  # type: ignore[attr-defined]
    return page


def own_of(meetings: Iterable[Meeting], reader: Any) -> dict[Any, Attendance]:
    """What is said or noted of the reader, by meeting: one query."""
    rows = attendances_visible_to(reader).filter(member=reader, meeting__in=meetings)
    return {row.meeting_id: row for row in rows}


def lines_of(meeting: Meeting, reader: Any) -> list[Line]:
    """Who learns in the cohort, by name, with what stands of each that the reader may know: two queries."""
    known = attendances_visible_to(reader).filter(meeting=meeting).select_related("noted_by")
    rows = {row.member_id: row for row in known}
    people = participants_of(meeting).for_page()
    return [Line(one.member, rows.get(one.member_id)) for one in people]


def zone_for(cohort: Cohort, caller: Any) -> str:
    """The time zone in which the cohort met last; that of who calls the first meeting."""
    last = cohort.meetings.order_by("-called_at", "-pk").values_list("time_zone", flat=True).first()
    return str(last or caller.time_zone)


def file_of(meeting: Meeting, reader: Any, *, in_full: bool) -> bytes:
    """The meeting for the reader's calendar: the time alone, or with title, place and link. It never names the cohort.

    The same meeting has another UID for each reader, and keeps it for good.
    """
    begins, ends = meeting.local
    entry = Entry(
        uid=str(uuid5(meeting.pk, str(reader.pk))),
        stamp=_stamp(),
        begins=begins,
        ends=ends,
        title=meeting.title if in_full else _("Meeting"),
        sequence=meeting.sequence,
        status="CANCELLED" if meeting.called_off_at else "CONFIRMED",
        place=meeting.place if in_full else "",
        url=meeting.link if in_full else "",
    )
    return calendar_file([entry])


def _stamp() -> datetime:
    return timezone.now().astimezone(UTC)
