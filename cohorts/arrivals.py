"""What would happen with an address that is invited into a cohort: whom we know by it, and the rules. Writes nothing.

Our rules: who has no account is invited; a member is added and told; who is in the cohort already (as what is asked for),
or is invited already, stays as they are. Who has left the cohort is not put back into it: they get an invitation, by a file
nothing. Nobody brings in themselves by their own list, nobody an account that is closed;
an operator of the site is brought in one by one, never by a file that happens to hold their address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from accounts.choices import RoleKind
from accounts.models import Role, User
from cohorts.choices import Reason, Verdict
from cohorts.member_file import FileRow
from cohorts.models import Cohort, Invitation

CHUNK = 400  # addresses asked for at once; SQLite takes about a thousand


@dataclass(frozen=True)
class Known:
    """What is known of some addresses: members, their place in the cohort, who is an operator, open invitations."""

    members: dict[str, User] = field(default_factory=dict)
    places: dict[Any, bool] = field(default_factory=dict)
    left: frozenset[Any] = frozenset()
    operators: frozenset[Any] = frozenset()
    invited: frozenset[tuple[str, bool]] = frozenset()


@dataclass(frozen=True)
class Judged:
    """A row, and what will happen with it."""

    row: FileRow
    verdict: Verdict
    reason: str = ""


def known_of(addresses: Collection[str], cohort: Cohort) -> Known:
    """What is known of these addresses: four queries, however many there are."""
    members = {member.email: member for member in User.objects.filter(email__in=addresses)}
    ids = [member.pk for member in members.values()]
    # Also the place of an account that is closed: it still stands in the cohort when it opens again.
    stays = list(cohort.memberships.filter(member__in=ids))
    operators = Role.objects.in_force().filter(kind=RoleKind.OPERATOR, member__in=ids)
    invited = Invitation.objects.open().filter(cohort=cohort, role="", email__in=addresses)
    return Known(
        members,
        {stay.member_id: stay.is_facilitator for stay in stays if stay.left_at is None},
        frozenset(stay.member_id for stay in stays if stay.left_at is not None),
        frozenset(operators.values_list("member", flat=True)),
        frozenset(invited.values_list("email", "as_facilitator")),
    )


def judge(row: FileRow, known: Known, by: Any | None, *, from_file: bool) -> Judged:
    """What will happen with this row."""
    if row.reason:
        return Judged(row, Verdict.REFUSED, row.reason)
    member = known.members.get(row.email)
    if member is None:
        if (row.email, row.as_facilitator) in known.invited:
            return Judged(row, Verdict.THERE, Reason.INVITED)
        return Judged(row, Verdict.NEW)
    if by is not None and member.pk == by.pk:
        return Judged(row, Verdict.REFUSED, Reason.YOURSELF)
    if not member.is_active:
        return Judged(row, Verdict.REFUSED, Reason.CLOSED)
    if from_file and member.pk in known.operators:
        return Judged(row, Verdict.REFUSED, Reason.OPERATOR)
    place = known.places.get(member.pk)
    if place is None and member.pk in known.left:
        return _for_who_left(row, known, from_file)
    if place is not None and (place or not row.as_facilitator):
        return Judged(row, Verdict.THERE, Reason.MEMBER)
    return Judged(row, Verdict.KNOWN)


def _for_who_left(row: FileRow, known: Known, from_file: bool) -> Judged:
    if (row.email, row.as_facilitator) in known.invited:
        return Judged(row, Verdict.THERE, Reason.INVITED)
    return Judged(row, Verdict.REFUSED, Reason.LEFT) if from_file else Judged(row, Verdict.NEW)


def judged(rows: Iterable[FileRow], cohort: Cohort, by: Any | None) -> Iterator[Judged]:
    """What will happen with each row of a file, in its order. Of an address that stands there twice the first row counts."""
    seen: set[str] = set()
    for some in _in_chunks(rows):
        known = known_of({row.email for row in some if row.email}, cohort)
        for row in some:
            if not row.reason and row.email in seen:
                yield Judged(row, Verdict.DUPLICATE)
                continue
            if not row.reason:
                seen.add(row.email)
            yield judge(row, known, by, from_file=True)


def _in_chunks(rows: Iterable[FileRow]) -> Iterator[list[FileRow]]:
    waiting = iter(rows)
    while some := list(islice(waiting, CHUNK)):
        yield some
