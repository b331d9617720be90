"""Who is kept away from whom, who may be turned to, and who may read a report.

Whether contact is stopped is answered the same in both directions, and nobody is told that there is such an answer.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.choices import RoleKind
from accounts.permissions import holds
from care.authority import over, under
from care.choices import LEAST_CONTACTS
from care.models import Contact, Report, Stop
from care.querysets import ContactQuerySet, ReportQuerySet
from care.tokens import HANDLER, WRITER, token_for, token_of, tokens_among


def is_stopped_between(one: UUID, other: UUID) -> bool:
    """Whether either of the two stopped contact with the other."""
    return Stop.objects.filter(token=token_of(one, other)).exists()


def kept_away_from(member: Any, others: Collection[UUID]) -> set[UUID]:
    """Those of the others with whom contact is stopped, by either side. One query."""
    tokens = {token_of(member.pk, other): other for other in others if other != member.pk}
    found = Stop.objects.filter(token__in=tokens).values_list("token", flat=True)
    return {tokens[token] for token in found}


def any_stopped_among(members: Collection[Any]) -> bool:
    """Whether contact is stopped between any two of these few members. One query."""
    return Stop.objects.filter(token__in=tokens_among(member.pk for member in members)).exists()


def stops_visible_to(user: Any) -> QuerySet[Stop]:
    """What the member stopped themselves; never that somebody stopped contact with them."""
    return Stop.objects.filter(by=user) if user.is_authenticated else Stop.objects.none()


def can_see_stop(user: Any, stop: Stop) -> bool:
    """Whether it is the member's own."""
    return bool(user.is_authenticated and stop.by_id == user.pk)


def can_keep_contacts(user: Any) -> bool:
    """Whether the person asks members to be contacts, and ends that: the backbone team."""
    return holds(user, RoleKind.BACKBONE)


def contacts_visible_to(user: Any) -> ContactQuerySet:
    """The contacts a person may know of: those in force; for the backbone team also who has not answered yet."""
    if not user.is_authenticated:
        return Contact.objects.none()
    if can_keep_contacts(user):
        return Contact.objects.standing()
    return Contact.objects.in_force()


def can_see_contact(user: Any, contact: Contact) -> bool:
    """Whether the person may know that this member is a contact, or was asked."""
    if not user.is_authenticated or contact.ended_at is not None or not contact.member.is_active:
        return False
    return contact.accepted_at is not None or can_keep_contacts(user)


def place_as_contact_of(user: Any) -> ContactQuerySet:
    """What the member was asked to be, or is: at most one row."""
    if not user.is_authenticated:
        return Contact.objects.none()
    return Contact.objects.standing().filter(member=user)


def can_answer_as_contact(user: Any, contact: Contact) -> bool:
    """Whether it is the member's own to accept, change and give up."""
    return bool(
        user.is_authenticated
        and contact.member_id == user.pk
        and contact.ended_at is None
        and user.is_active
    )


def contacts_open_to(reporter: Any, *, named: Collection[UUID] = ()) -> list[Contact]:
    """Among whom this person chooses: never themselves, nobody with authority over them, nobody whom they name.

    Empty when a choice would be none: with fewer than two of them, or without one from outside.
    """
    barred = over(reporter.pk) | set(named) | {reporter.pk}
    found = [
        contact
        for contact in Contact.objects.offered().for_page()
        if contact.member_id not in barred
    ]
    enough = len(found) >= LEAST_CONTACTS and any(contact.is_outside for contact in found)
    return found if enough else []


def reports_written_by(user: Any) -> ReportQuerySet:
    """The member's own reports, withdrawn ones among them."""
    if not user.is_authenticated:
        return Report.objects.none()
    return Report.objects.filter(writer=token_for(user.pk, purpose=WRITER))


def did_write_report(user: Any, report: Report) -> bool:
    """Whether the member wrote it."""
    return bool(user.is_authenticated and report.writer == token_for(user.pk, purpose=WRITER))


def reports_handled_by(user: Any) -> ReportQuerySet:
    """The reports that were sent to this member as a contact; none of anybody over whom they have authority by now."""
    if not user.is_authenticated or not _is_contact(user):
        return Report.objects.none()
    barred = [token_for(member, purpose=WRITER) for member in under(user.pk)]
    mine = Report.objects.filter(handler=token_for(user.pk, purpose=HANDLER))
    return mine.exclude(writer__in=barred)


def can_handle_report(user: Any, report: Report) -> bool:
    """Whether the member is the contact whom its writer chose, and may still be."""
    if not user.is_authenticated or report.handler != token_for(user.pk, purpose=HANDLER):
        return False
    barred = {token_for(member, purpose=WRITER) for member in under(user.pk)}
    return report.writer not in barred and _is_contact(user)


def reports_visible_to(user: Any) -> ReportQuerySet:
    """The reports a member may know of: those they wrote, and those sent to them."""
    return reports_written_by(user) | reports_handled_by(user)


def can_see_report(user: Any, report: Report) -> bool:
    """Whether the member may know of it."""
    return did_write_report(user, report) or can_handle_report(user, report)


def _is_contact(user: Any) -> bool:
    return Contact.objects.in_force().filter(member=user).exists()
