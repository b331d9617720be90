"""How members want to be told, read for many of them in two queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from core.clock import zone_named
from notices import clock
from notices.choices import FIRST_RHYTHM, Rhythm
from notices.models import MailChoice, Preference


@dataclass(frozen=True)
class Wish:
    """One member's wish for mail about notices: the rhythm of each kind, whether all is paused, and their clock."""

    rhythms: dict[str, Rhythm]
    is_paused: bool
    zone: ZoneInfo
    quiet: clock.Quiet | None

    def rhythm(self, kind: str) -> Rhythm:
        """How this kind is mailed now; a pause is the same as never."""
        return Rhythm.NONE if self.is_paused else self.rhythms.get(kind, FIRST_RHYTHM)

    def leaves_at(self, moment: datetime) -> datetime:
        """When a mail whose time is `moment` goes out to this member."""
        return clock.leaves_at(moment, self.zone, self.quiet)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether this moment lies in the member's quiet hours."""
        return clock.is_quiet(moment, self.zone, self.quiet)

    def digest_after(self, moment: datetime, rhythm: Rhythm) -> datetime:
        """The member's next digest after the moment."""
        return clock.next_digest(moment, self.zone, rhythm)


def wishes(members: Collection[Any], kinds: Iterable[str] | None = None) -> dict[UUID, Wish]:
    """The wish of each member by their key; `kinds` limits what is read."""
    chosen = Preference.objects.filter(member__in=members)
    if kinds is not None:
        chosen = chosen.filter(kind__in=list(kinds))
    rhythms: dict[UUID, dict[str, Rhythm]] = {}
    for row in chosen:
        rhythms.setdefault(row.member_id, {})[row.kind] = Rhythm(row.rhythm)
    general = {row.member_id: row for row in MailChoice.objects.filter(member__in=members)}
    return {
        member.pk: _wish(member, rhythms.get(member.pk, {}), general.get(member.pk))
        for member in members
    }


def _wish(member: Any, rhythms: dict[str, Rhythm], choice: MailChoice | None) -> Wish:
    quiet = None
    if choice and choice.quiet_from is not None and choice.quiet_until is not None:
        quiet = (choice.quiet_from, choice.quiet_until)
    return Wish(
        rhythms=rhythms,
        is_paused=bool(choice and choice.is_paused),
        zone=zone_named(member.time_zone),
        quiet=quiet,
    )
