"""What meetings of cohorts hold about a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cohorts import mydata, notifications
from cohorts.choices import ATTENDANCE_KEPT_FOR
from cohorts.models import Attendance, Meeting
from cohorts.telling import MEETING_TELLINGS
from cohorts.visible import acts_at_meetings, visible_of_meetings
from core.register import Holding, NoticeKind, Retention, hold

#: What whoever calls a meeting writes. Once others have changed it, nobody knows whose words these are.
WORDS = ("title", "place", "link", "agenda")


def prune_attendance() -> int:
    """Delete attendance in cohorts that ended longer ago than it is kept; returns how many rows went."""
    return Attendance.objects.after_its_time(timezone.now(), ATTENDANCE_KEPT_FOR).delete()[0]


def _export(member: Any) -> dict[str, Any]:
    """The meetings that the member called, in their own words alone, and whether they were at meetings, as it was said or noted."""
    called = member.meetings_called.select_related("cohort").order_by("starts_at", "pk")
    attended = member.attendances.select_related("meeting__cohort", "noted_by")
    return {
        "meetings_called": [
            {
                "cohort": row.cohort.name,
                "begins": row.starts_at.isoformat(),
                "ends": row.ends_at.isoformat(),
                "called_off": row.called_off_at.isoformat() if row.called_off_at else None,
                "changed_by_others": row.is_changed_by_others,
                **{name: "" if row.is_changed_by_others else getattr(row, name) for name in WORDS},
            }
            for row in called
        ],
        "attendance": [
            {
                "cohort": row.meeting.cohort.name,
                "meeting": row.meeting.title,
                "begins": row.meeting.starts_at.isoformat(),
                "state": row.state,
                "said_by_yourself": row.is_own_word,
                "noted": row.noted_at.isoformat(),
                "noted_before": row.noted_before or None,
            }
            for row in attended.order_by("meeting__starts_at", "pk")
        ],
    }


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Attendance goes; meetings stay for the cohort, without the name of who called them."""
    member_id = member.pk

    @transaction.atomic
    def attendance() -> None:
        Attendance.objects.filter(member=member_id).delete()
        Attendance.objects.filter(noted_by=member_id).update(noted_by=None)

    @transaction.atomic
    def meetings() -> None:
        Meeting.objects.filter(made_by=member_id).update(made_by=None)

    return (attendance, meetings)


KINDS = (
    NoticeKind(
        notifications.MEETING,
        _("A meeting of your cohort"),
        _("When a meeting is called, gets another time or place, or is called off."),
        notifications.show_meetings,
        known=notifications.known_meetings,
    ),
)


def register() -> None:
    """Register the holding of meetings."""
    hold(
        Holding(
            name="cohort_meetings",
            title=_("Meetings of your cohorts"),
            labels=mydata.MEETING_LABELS,
            models=("cohorts.Meeting", "cohorts.Attendance"),
            export=_export,
            erase=_erase,
            visible=visible_of_meetings,
            acts=acts_at_meetings,
            told=MEETING_TELLINGS,
            retention=(
                Retention(
                    _("Meetings of a cohort, with place and agenda"),
                    _("as long as the cohort; without the name of who called them once they left"),
                ),
                Retention(
                    _("Whether somebody was at a meeting of their cohort"),
                    format_lazy(
                        _(
                            "until they leave the cohort, and {days} days after its last day at most"
                        ),
                        days=ATTENDANCE_KEPT_FOR.days,
                    ),
                    prune_attendance,
                ),
            ),
            notice_kinds=KINDS,
        )
    )
