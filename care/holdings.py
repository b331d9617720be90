"""What care holds about a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from care import mydata, notifications
from care.actions.reports import destroy_written_by, leave_without_contact, prune_reports
from care.models import Contact, Stop
from care.permissions import place_as_contact_of
from care.telling import TELLINGS
from core.acts import ActsOn
from core.privacy import Audience
from core.register import SEALED, Holding, NoticeKind, Retention, hold
from core.visible import Topic, Visible, fields


def _export(member: Any) -> dict[str, Any]:
    """What others read of a contact. Stops and reports are class S, and are in no export that passes through other hands."""
    return {
        "contact": [
            {
                "words": row.words,
                "from_outside": row.is_outside,
                "asked": row.asked_at.isoformat(),
                "accepted": row.accepted_at.isoformat() if row.accepted_at else None,
                "ended": row.ended_at.isoformat() if row.ended_at else None,
            }
            for row in Contact.objects.filter(member=member).order_by("asked_at")
        ]
    }


def _erase(member: Any) -> Iterable[Callable[[], None]]:
    """Own reports with their keys; what others wrote to this contact is theirs to send to another."""
    member_id = member.pk

    @transaction.atomic
    def contact() -> None:
        leave_without_contact(member_id)
        Contact.objects.filter(member=member_id).delete()

    yield lambda: destroy_written_by(member_id)
    yield contact
    yield lambda: Stop.objects.filter(by=member_id).delete() and None


def _visible(member: Any) -> Iterable[Visible]:
    """Being a contact. Of reports the same line for everybody: whether somebody wrote one, or stopped contact, is told on no page but theirs."""
    yield Visible(
        _("Whether you wrote a report, and what you and its contact write about it"),
        fields(
            "care.Report",
            "state",
            "sent_at",
            "changed_at",
            "closed_at",
            "parties",
            "happened",
            "wish",
            "about",
        )
        + fields("care.ReportNote", "report", "by_writer", "written_at", "text"),
        Topic.TRACES,
        called={Audience.CHOSEN: _("the one contact whom you chose; nobody else")},
        control="care:report_list",
    )
    place = place_as_contact_of(member)
    yield Visible(
        _("That you are asked to be a contact for reports"),
        fields("care.Contact", "asked_at"),
        Topic.ROLES,
        control="care:contact_edit",
        rows=place.filter(accepted_at__isnull=True),
    )
    yield Visible(
        _("That you are a contact for reports, and your words about it"),
        fields(
            "care.Contact",
            "member",
            "words",
            "is_outside",
            "is_available",
            "accepted_at",
            "ended_at",
        ),
        Topic.ROLES,
        control="care:contact_edit",
        rows=place.filter(accepted_at__isnull=False),
    )


def _acts(member: Any) -> Iterable[ActsOn]:
    yield ActsOn(
        {member.pk: ""},
        {
            "contact.asked": _("%(who)s asked you to be a contact for reports."),
            "contact.ended": _(
                "%(who)s ended that you are, or were asked to be, a contact for reports."
            ),
        },
    )


def register() -> None:
    """Register the holding of care."""
    hold(
        Holding(
            name="care",
            title=_("Reports and stopped contact"),
            labels=mydata.LABELS,
            models=("care.Stop", "care.Contact", "care.Report", "care.ReportNote"),
            export=_export,
            private_export=mydata.own_copy,
            erase=_erase,
            visible=_visible,
            acts=_acts,
            told=TELLINGS,
            retention=(
                Retention(
                    _("That you stopped contact with somebody"), _("until you end it or leave")
                ),
                Retention(
                    _("A report, and what you and the contact write to each other about it"),
                    _(
                        "a year after it was closed; when you take it back or leave, it is destroyed at once, with its key"
                    ),
                    prune_reports,
                    where=SEALED,
                ),
                Retention(
                    _("That a report was withdrawn, without a word of it"),
                    _("30 days"),
                ),
                Retention(_("That you are, or were, a contact for reports"), _("until you leave")),
            ),
            notice_kinds=(
                NoticeKind(
                    notifications.NEWS,
                    _("Care"),
                    _("When there is something new for you in “Care”. It never says what."),
                    notifications.show_news,
                    known=notifications.known_news,
                ),
            ),
        )
    )
