"""What pages show of matching: how it stands for a member, why a match fits, what a preview found."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accountability.matching.choices import UNDER_WAY, SeatState
from accountability.matching.limits import SHUT
from accountability.matching.models import (
    Answers,
    Limit,
    MatchSeat,
    Preview,
    PreviewFound,
    Unmatched,
)
from accountability.matching.permissions import (
    answers_visible_to,
    limits_visible_to,
    seats_visible_to,
)
from accountability.matching.scoring import Reason, words
from accountability.matching.whom import Whom, whom_from
from accounts.models import User
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.owners import Owner
from core.models import OwnerKind


@dataclass(frozen=True)
class Standing:
    """How being matched stands for a member: in the next round or not, a match under way, or the last thing that ended."""

    answers: Answers | None
    seat: MatchSeat | None = None
    came_to_nothing: bool = False
    nobody_found: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether they are in the next round."""
        return self.answers is not None and self.answers.wanted


@dataclass(frozen=True)
class Beside:
    """Another member of a match, and in sentences what they have in common with the reader."""

    member: User
    common: list[str]


@dataclass(frozen=True)
class LimitLine:
    """One "not this person". `member` is None for a name that was written, where the line does not open, and where the other
    has left: it holds all the same. A name stands as it was written, whether or not anybody goes by it.
    """

    limit: Limit
    member: User | None
    written: str = ""
    is_shut: bool = False

    @property
    def name(self) -> str:
        """What the line is called, as far as it can be."""
        return self.member.get_full_name() if self.member else self.written


@dataclass(frozen=True)
class Found:
    """What a preview found: how many, and by name where it is no small round. `too_few`: others have left, and it says nothing."""

    how_many: dict[str, int]
    groups: list[list[User]]
    left: list[User]
    way: str
    some_limits: bool
    has_names: bool
    too_few: bool = False

    @property
    def trios(self) -> list[list[User]]:
        """One at most."""
        return [group for group in self.groups if len(group) > 2]

    @property
    def pairs(self) -> list[list[User]]:
        """All others."""
        return [group for group in self.groups if len(group) == 2]


def standing_of(member: Any) -> Standing:
    """How it stands: three queries."""
    answers = answers_visible_to(member).first()
    seat = seats_visible_to(member).order_by("-made_at").first()
    if seat is not None and seat.state in UNDER_WAY:
        return Standing(answers, seat)
    alone = Unmatched.objects.filter(member=member).order_by("-at").first()
    is_later = alone is not None and (seat is None or alone.at > seat.made_at)
    freed = seat is not None and seat.state == SeatState.FREED
    return Standing(answers, None, came_to_nothing=freed and not is_later, nobody_found=is_later)


def others_of(seat: MatchSeat) -> list[Beside]:
    """The others of a match with what they have in common with its reader. Raises CannotOpen."""
    common = json.loads(seat.reasons or "{}")
    rows = MatchSeat.objects.filter(match=seat.match_id).exclude(pk=seat.pk)
    rows = rows.select_related("member__organization").order_by("member__chosen_name", "pk")
    return [Beside(row.member, _sentences(common.get(str(row.member_id), ()))) for row in rows]


def limits_of(member: Any) -> list[LimitLine]:
    """The limits that a member set, by name. One question for the key, one for the names, whatever their number."""
    owners.get_ready([Owner(OwnerKind.MEMBER, member.pk)])
    rows = list(limits_visible_to(member))
    opened = {row.pk: _opened(row) for row in rows}
    ticked = [whom.members[0] for whom in opened.values() if whom and not whom.name]
    known = named(ticked) if ticked else {}
    return [_line(row, opened[row.pk], known) for row in rows]


def found_in(preview: Preview) -> Found | None:
    """What the preview found, None where there is nothing (any more). Raises CannotOpen."""
    row = PreviewFound.objects.filter(preview=preview).first()
    if row is None:
        return None
    values = json.loads(row.found)
    groups = [[UUID(one) for one in group] for group in values.get("groups", ())]
    left = [UUID(one) for one in values.get("left", ())]
    known = named([*left, *(one for group in groups for one in group)])
    return Found(
        how_many={name: values.get(name, 0) for name in ("pairs", "trios", "left_over")},
        groups=sorted((_people(group, known) for group in groups), key=_names),
        left=_people(left, known),
        way=values.get("way", ""),
        some_limits=values.get("some_limits", False),
        has_names="groups" in values,
        too_few=values.get("too_few", False),
    )


def named(ids: Iterable[UUID]) -> dict[UUID, User]:
    """The members of these ids who are there, with their organizations. One query."""
    rows = User.objects.filter(pk__in=set(ids), is_active=True)
    return {member.pk: member for member in rows.select_related("organization")}


def _line(row: Limit, whom: Whom | None, known: dict[UUID, User]) -> LimitLine:
    if whom is None:
        return LimitLine(row, None, is_shut=True)
    member = None if whom.name else known.get(whom.members[0])
    return LimitLine(row, member, written=whom.name)


def _people(ids: Collection[UUID], known: dict[UUID, User]) -> list[User]:
    there = (known[one] for one in ids if one in known)
    return sorted(there, key=lambda member: (member.get_full_name(), str(member.pk)))


def _names(group: list[User]) -> list[str]:
    return [member.get_full_name() for member in group]


def _sentences(stored: Iterable[dict[str, Any]]) -> list[str]:
    found = (Reason(one["kind"], tuple(one["values"])) for one in stored)
    return [sentence for reason in found for sentence in words(reason)]


def _opened(row: Limit) -> Whom | None:
    try:
        return whom_from(row.other)
    except (*SHUT, ValueError):
        could_not_open(row)
        return None
