"""What care tells members: that something is new, never what. One kind for all of it, so that the kind says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from care.models import Contact, Report
from care.permissions import place_as_contact_of, reports_visible_to
from care.texts import parties_of
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.register import Payload, Shown
from notices.actions import not_yet_told, notify_all

NEWS = "care.news"


def asked_as_contact(contact: Contact) -> None:
    """The member: the backbone team asks whether you would be a contact."""
    notify_all(members=[contact.member], kind=NEWS, payload={"contact": contact.pk})


def news_in_report(report: Report, member: Any) -> None:
    """This side of a report: something is new. Whoever has not yet looked is not told once more."""
    payload = {"report": report.pk}
    members = not_yet_told([member], kind=NEWS, payload=payload)
    notify_all(members=members, kind=NEWS, payload=payload)


def news_for_member(report: Report, member_id: UUID) -> None:
    """The same for a member of whom the id alone is known; nobody when they have left."""
    member = User.objects.filter(pk=member_id, is_active=True).first()
    if member is not None:
        news_in_report(report, member)


def news_for_other_side(report: Report, by: Any) -> None:
    """The side that did not act; nobody while the report has no contact."""
    try:
        parties = parties_of(report)
    except CannotOpen:
        alerts.could_not_open(report)
        return
    other = parties.handler if parties.by == by.pk else parties.by
    if other is not None:
        news_for_member(report, other)


def known_news(member: Any) -> dict[str, Any]:
    """Reports that the member may still know of, and the question whether they would be a contact."""
    reports = reports_visible_to(member).not_withdrawn()
    return {"report": reports, "contact": place_as_contact_of(member)}


def show_news(member: Any, payloads: Sequence[Payload]) -> list[Shown | None]:
    """Reports that the member may still know of, and whether they are still asked: the same sentence for every report."""
    reports = {str(payload["report"]) for payload in payloads if "report" in payload}
    rows = reports_visible_to(member).not_withdrawn().filter(pk__in=reports)
    known = {str(pk) for pk in rows.values_list("pk", flat=True)}
    known |= {str(pk) for pk in place_as_contact_of(member).values_list("pk", flat=True)}
    return [_shown(payload, known) for payload in payloads]


def _shown(payload: Payload, known: set[str]) -> Shown | None:
    if str(payload.get("contact", "")) in known:
        return Shown(_("The backbone team asks you something"), reverse("care:contact_edit"))
    report = str(payload.get("report", ""))
    if report in known:
        return Shown(_("There is something new for you in “Care”"), reverse("care:report_list"))
    return None
