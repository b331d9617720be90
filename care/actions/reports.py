"""Sending a report, what its writer and its contact do with it, and how it goes: with its key, the key first."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from care import notifications
from care.actions.refusals import NotNow, NotOpen, PerhapsNamed, TooMany, Withdrawn
from care.actions.turns import hold
from care.choices import MOST_REPORTS, REPORTS_WITHIN, TRANSITIONS, State
from care.models import Contact, Report, ReportNote
from care.naming import Named, named_in
from care.permissions import can_handle_report, contacts_open_to, did_write_report
from care.texts import About, Asked, Parties, about_in, asked_in, parties_of
from care.tokens import HANDLER, WRITER, token_for
from core.access import require
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.fields import Sealed
from core.crypto.owners import Owner
from core.models import OwnerKind

SEALED = ("parties", "happened", "wish", "about")


@transaction.atomic
def send_report(
    *,
    by: Any,
    report_id: UUID,
    contact: Contact,
    happened: str,
    asked: Asked,
    about: About,
    is_sure: bool = False,
) -> Report:
    """Send a report to the contact whom its writer chose. The same form sent twice sends one.

    Raises NotOpen when that contact cannot be chosen (any more) or is named in full, PerhapsNamed when a part of their name
    stands in the text and the writer is not `is_sure` that it is another, TooMany after many in a day, and Withdrawn when
    this very form was sent and taken back before.
    """
    hold(by)
    known = Report.objects.filter(pk=report_id).first()
    if known is not None:
        return known
    _refuse_too_many(by)
    _refuse_closed_to(by, contact, about)
    _refuse_named(contact.member, about, [happened, asked.words], is_sure=is_sure)
    if owners.get_ready([Owner(OwnerKind.REPORT, report_id)]):  # the key first, the row second
        raise Withdrawn
    report = Report(
        id=report_id,
        writer=token_for(by.pk, purpose=WRITER),
        handler=token_for(contact.member_id, purpose=HANDLER),
        parties=Parties(by.pk, contact.member_id).sealed(),
        happened=happened,
        wish=asked.sealed(),
        about=about.sealed(),
    )
    report.save(force_insert=True)
    notifications.news_in_report(report, contact.member)
    return report


@transaction.atomic
def resend_report(*, report: Report, contact: Contact, by: Any, is_sure: bool = False) -> None:
    """Give it to another contact. Only its writer does; the one before does not read it any more.

    Raises NotOpen and PerhapsNamed as `send_report`, or Withdrawn.
    """
    row = held(report)
    require(did_write_report(by, row))
    about = about_in(row)
    _refuse_closed_to(by, contact, about)
    _refuse_named(contact.member, about, _written_in(row), is_sure=is_sure)
    row.handler = token_for(contact.member_id, purpose=HANDLER)
    row.parties = Parties(by.pk, contact.member_id).sealed()
    row.state, row.closed_at, row.changed_at = State.SENT, None, timezone.now()
    row.save(update_fields=["handler", "parties", "state", "closed_at", "changed_at"])
    notifications.news_in_report(row, contact.member)


@transaction.atomic
def name_people(
    *, report: Report, members: Collection[UUID], words: str, by: Any, is_sure: bool = False
) -> bool:
    """Add people whom it is about. Returns whether the contact was among them: then they read it no more, at once.

    Raises PerhapsNamed when a part of the contact's name stands in the words and the writer is not `is_sure`.
    """
    row = held(report)
    require(did_write_report(by, row))
    about = about_in(row).with_more(members, words)
    row.about, row.changed_at = about.sealed(), timezone.now()
    handler_id = parties_of(row).handler
    handler = User.objects.filter(pk=handler_id).first() if handler_id else None
    was_named = handler is not None and (
        handler.pk in about.members or about.names(handler.chosen_name)
    )
    if handler is not None and not was_named:
        _refuse_named(handler, About(words=words), [], is_sure=is_sure)
    if was_named:
        row.handler, row.parties = "", Parties(by.pk, None).sealed()
    row.save(update_fields=["about", "changed_at", "handler", "parties"])
    return was_named


@transaction.atomic
def set_state(*, report: Report, to: State, by: Any) -> None:
    """Say how far it is. Its writer is told that there is something new. Raises NotNow, or Withdrawn."""
    row = held(report)
    require(can_handle_report(by, row))
    if to not in TRANSITIONS[row.state]:
        raise NotNow
    row.state, row.changed_at = to, timezone.now()
    row.closed_at = row.changed_at if to == State.CLOSED else None
    row.save(update_fields=["state", "changed_at", "closed_at"])
    notifications.news_for_other_side(row, by)


@transaction.atomic
def withdraw_report(*, report: Report, by: Any) -> None:
    """Take it back: its key is destroyed, so that nobody reads a word of it any more. A second press changes nothing."""
    require(did_write_report(by, report))
    try:
        _destroyed(held(report))
    except Withdrawn:
        return


def held(report: Report) -> Report:
    """The row as it stands, held until the transaction ends. Raises Withdrawn when nothing of it is left."""
    row = Report.objects.select_for_update().filter(pk=report.pk).first()
    if row is None or row.is_withdrawn:
        raise Withdrawn
    return row


def leave_without_contact(member_id: UUID) -> None:
    """Take every report from a member who is no contact any more; those who wrote them are asked to choose anew."""
    token = token_for(member_id, purpose=HANDLER)
    for row in Report.objects.not_withdrawn().select_for_update().filter(handler=token):
        row.handler, row.changed_at = "", timezone.now()
        changed = ["handler", "changed_at"]
        try:
            writer = parties_of(row).by
        except CannotOpen:
            alerts.could_not_open(row)
        else:
            row.parties = Parties(writer, None).sealed()
            changed.append("parties")
            if row.state != State.CLOSED:
                notifications.news_for_member(row, writer)
        row.save(update_fields=changed)


def destroy_written_by(member_id: UUID) -> None:
    """Destroy the reports of a member who leaves. Their contacts see that one was withdrawn, and nothing else."""
    for row in Report.objects.filter(writer=token_for(member_id, purpose=WRITER)):
        with transaction.atomic():
            if not row.is_withdrawn:
                _destroyed(held(row))
            Report.objects.filter(pk=row.pk).update(writer="")


def prune_reports() -> int:
    """Remove what was closed a year ago, the key first, and what says that a report was withdrawn. Returns how many."""
    old = list(Report.objects.past_keeping(timezone.now()))
    for row in old:
        owners.destroy(Owner(OwnerKind.REPORT, row.pk))
        row.delete()
    return len(old)


def _destroyed(row: Report) -> None:
    owners.destroy(Owner(OwnerKind.REPORT, row.pk))
    now, nothing = timezone.now(), dict.fromkeys(SEALED, Sealed(b""))
    ReportNote.objects.filter(report=row).delete()
    Report.objects.filter(pk=row.pk).update(
        state=State.WITHDRAWN, closed_at=now, changed_at=now, **nothing
    )


def _refuse_too_many(by: Any) -> None:
    since = timezone.now() - REPORTS_WITHIN
    token = token_for(by.pk, purpose=WRITER)
    if Report.objects.filter(writer=token, sent_at__gt=since).count() >= MOST_REPORTS:
        raise TooMany


def _refuse_closed_to(by: Any, contact: Contact, about: About) -> None:
    if contact.pk not in {one.pk for one in contacts_open_to(by, named=about.members)}:
        raise NotOpen


def _refuse_named(member: User, about: About, texts: list[str], *, is_sure: bool) -> None:
    """Whoever the text names does not get to read it, wherever in it the name stands."""
    found = named_in([*texts, about.words], member.chosen_name)
    if found is Named.IN_FULL or about.names(member.chosen_name):
        raise NotOpen
    if found is Named.LIKELY and not is_sure:
        raise PerhapsNamed


def _written_in(report: Report) -> list[str]:
    """What its writer wrote in it, later messages too, as far as it opens. Raises CannotOpen for the report itself."""
    texts = [str(report.happened), asked_in(report).words]
    for note in report.notes.filter(by_writer=True):
        note.report = report
        with suppress(CannotOpen):
            texts.append(str(note.text))
    return texts
