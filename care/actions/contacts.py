"""Who can be turned to: the backbone team asks, the member accepts in their own words, either ends it at any time."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from care import notifications
from care.actions.reports import leave_without_contact
from care.actions.turns import hold
from care.models import Contact
from care.permissions import can_answer_as_contact, can_keep_contacts
from core import audit
from core.access import require


@transaction.atomic
def ask_contact(*, member: Any, words: str, is_outside: bool, by: Any) -> Contact:
    """Ask a member to be a contact. Somebody who was asked, or is one, is returned as they are."""
    require(can_keep_contacts(by))
    hold(member)
    contact, new = Contact.objects.get_or_create(
        member=member, ended_at=None, defaults={"words": words, "is_outside": is_outside}
    )
    if new:
        audit.record("contact.asked", by=by, subject=member)
        notifications.asked_as_contact(contact)
    return contact


@transaction.atomic
def accept_contact(*, contact: Contact, words: str, by: Any) -> None:
    """Say yes, in one's own words. A second time changes the words alone."""
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    require(can_answer_as_contact(by, row))
    if row.accepted_at is None:
        row.accepted_at = timezone.now()
        audit.record("contact.accepted", by=by, subject=by)
    row.words = words
    row.save(update_fields=["words", "accepted_at"])


@transaction.atomic
def change_contact(*, contact: Contact, words: str, is_available: bool, by: Any) -> None:
    """Change what others read, and whether one takes new reports now. What one has taken stays."""
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    require(can_answer_as_contact(by, row))
    row.words, row.is_available = words, is_available
    row.save(update_fields=["words", "is_available"])


@transaction.atomic
def end_contact(*, contact: Contact, by: Any) -> None:
    """Decline, step back, or end it as the backbone team. Whoever had written to them is asked to choose anew.

    How many those are nobody learns: neither who ends it nor the one who was the contact is told.
    """
    row = Contact.objects.select_for_update().select_related("member").get(pk=contact.pk)
    require(can_keep_contacts(by) or row.member_id == by.pk)
    if row.ended_at is not None:
        return
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    audit.record("contact.ended", by=by, subject=row.member)
    leave_without_contact(row.member_id)
