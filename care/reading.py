"""Opening reports for the two who read them: what does not open says so for itself alone."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from accounts.models import User
from care.authority import over
from care.models import Contact, Report, Stop
from care.texts import Asked, Parties, about_in, asked_in, parties_of
from core.crypto import alerts, owners
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import Owner
from core.models import OwnerKind


class Standing(StrEnum):
    """How the contact of a report stands to it now."""

    GOOD = "good"
    AWAY = "away"  # takes no new ones, and keeps this one
    BARRED = "barred"  # has authority over the writer by now
    NONE = "none"  # was named, has stepped back or left


@dataclass(frozen=True)
class Line:
    """A report in a list: the row, and the name of the other side; `damaged` where it does not open."""

    report: Report
    name: str
    damaged: bool = False


@dataclass(frozen=True)
class Opened:
    """A report with its words."""

    happened: str
    asked: Asked
    people: tuple[str, ...]
    about_words: str
    parties: Parties


@dataclass(frozen=True)
class Message:
    """One message; `text` is None where it does not open."""

    by_writer: bool
    written_at: datetime
    text: str | None


@dataclass(frozen=True)
class Kept:
    """Somebody from whom the member keeps away: the row and the name, empty for one who has left, None if it does not open.

    What does not open still holds, and can be ended like any other.
    """

    stop: Stop
    name: str | None


def lines(reports: Iterable[Report], *, for_writer: bool) -> list[Line]:
    """These reports, each with the name of its other side, in a number of queries that does not grow."""
    rows = list(reports)
    owners.get_ready([Owner(OwnerKind.REPORT, row.pk) for row in rows if not row.is_withdrawn])
    sides = {row.pk: _other_side(row, for_writer) for row in rows}
    names = names_of(one for one in sides.values() if isinstance(one, UUID))
    return [
        Line(row, names.get(sides[row.pk], ""), damaged=sides[row.pk] is CannotOpen) for row in rows
    ]


def opened(report: Report) -> Opened | None:
    """The report with its words; None where it does not open."""
    try:
        about = about_in(report)
        names = names_of(about.members)
        return Opened(
            happened=str(report.happened),
            asked=asked_in(report),
            people=tuple(names[one] for one in about.members if one in names),
            about_words=about.words,
            parties=parties_of(report),
        )
    except CannotOpen:
        alerts.could_not_open(report)
        return None


def sides_of(report: Report) -> Parties | None:
    """Who wrote it and who reads it; None where that does not open."""
    try:
        return parties_of(report)
    except CannotOpen:
        alerts.could_not_open(report)
        return None


def messages_in(report: Report) -> list[Message]:
    """What the two wrote to each other, in the order of time."""
    found = []
    for note in report.notes.all():
        note.report = report
        try:
            text: str | None = str(note.text)
        except CannotOpen:
            alerts.could_not_open(note)
            text = None
        found.append(Message(note.by_writer, note.written_at, text))
    return found


def standing_of(parties: Parties) -> Standing:
    """How the contact stands to the report now."""
    contact = Contact.objects.in_force().filter(member=parties.handler).first()
    if parties.handler is None or contact is None:
        return Standing.NONE
    if parties.handler in over(parties.by):
        return Standing.BARRED
    return Standing.GOOD if contact.is_available else Standing.AWAY


def names_of(members: Iterable[UUID]) -> dict[Any, str]:
    """The names of members by id: one query. Who has left has none."""
    return {row.pk: row.get_full_name() for row in User.objects.filter(pk__in=set(members))}


def kept(stops: Iterable[Stop], member: Any) -> list[Kept]:
    """Whom the member keeps away, by name: two queries however many there are."""
    rows = list(stops)
    with suppress(KeyMissing):  # then no name opens, and each row says so
        owners.get_ready([Owner(OwnerKind.MEMBER, member.pk)])
    ids = {row.pk: _other_of(row) for row in rows}
    names = names_of(one for one in ids.values() if one is not None)
    return [Kept(row, None if ids[row.pk] is None else names.get(ids[row.pk], "")) for row in rows]


def _other_of(stop: Stop) -> UUID | None:
    try:
        return UUID(stop.other)
    except (CannotOpen, KeyMissing, owners.KeyDestroyed, ValueError):
        alerts.could_not_open(stop)
        return None


def _other_side(report: Report, for_writer: bool) -> Any:
    """The id of the other side, None for nobody, CannotOpen itself where it does not open."""
    if report.is_withdrawn:
        return None
    try:
        parties = parties_of(report)
    except CannotOpen:
        alerts.could_not_open(report)
        return CannotOpen
    return parties.handler if for_writer else parties.by
