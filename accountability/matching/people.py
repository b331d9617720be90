"""Who is in a round: their answers, opened in batches, as `scoring` takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accountability.buddies.models import Place
from accountability.buddies.permissions import pairs_visible_to, requests_visible_to
from accountability.matching.models import Answers, MatchSeat
from accountability.matching.said import said_from
from accountability.matching.scoring import Person, free_slots
from accounts.models import User
from care.known import people_known_to
from cohorts.models import Membership
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import Owner
from core.models import OwnerKind

#: Keys that are opened together: fewer than the kernel remembers at once.
BATCH = 1_000

Row = TypeVar("Row")


@dataclass
class People:
    """Those of a round, and those whose answers do not open: they are in no pair, and told kindly as others are."""

    there: list[Person] = field(default_factory=list)
    unreadable: list[UUID] = field(default_factory=list)


def waiting_in(cohort: Any) -> QuerySet[Answers]:
    """The answers of all who want to be in the cohort's next round and can be: no buddy now, and no match under way."""
    here = Membership.objects.current().filter(cohort=cohort, member=OuterRef("member"))
    paired = Place.objects.open().filter(member=OuterRef("member"))
    asked = MatchSeat.objects.under_way().filter(member=OuterRef("member"))
    return Answers.objects.filter(
        Exists(here), ~Exists(paired), ~Exists(asked), wanted=True, member__is_active=True
    )


def people_of(rows: Iterable[Answers], monday: date) -> People:
    """The people of these answers. Opened a thousand keys at a time."""
    people = People()
    for some in batched(rows, BATCH):
        get_ready([row.member_id for row in some])
        for row in some:
            person = _opened(row, monday)
            if person is None:
                people.unreadable.append(row.member_id)
            else:
                people.there.append(person)
    return people


def person_of(row: Answers, monday: date) -> Person:
    """One of them. Raises CannotOpen."""
    said, member = said_from(row.said), row.member
    return Person(
        id=member.pk,
        said=said,
        organization=member.organization_id,
        zone=member.time_zone,
        free=free_slots(said.times, member.time_zone, monday),
    )


def get_ready(members: Iterable[UUID]) -> None:
    """Open the keys of these members at once."""
    owners.get_ready([Owner(OwnerKind.MEMBER, member) for member in members])


def batched(rows: Iterable[Row], size: int) -> Iterator[Sequence[Row]]:
    """The rows, so many at a time."""
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield some


def _opened(row: Answers, monday: date) -> Person | None:
    try:
        return person_of(row, monday)
    except (CannotOpen, KeyMissing, owners.KeyDestroyed):
        could_not_open(row)
        return None


def of_my_cohorts(member: Any) -> QuerySet[User]:
    """The others of the member's cohorts, by name. One query."""
    mine = Membership.objects.current().filter(member=member).values("cohort")
    theirs = Membership.objects.current().filter(cohort__in=mine).values("member")
    rows = User.objects.filter(pk__in=theirs, is_active=True).exclude(pk=member.pk)
    return rows.select_related("organization").order_by("chosen_name", "pk")


def known_to(member: Any) -> QuerySet[User]:
    """Whom a member knows: by a cohort now or before, by a pair, a request or a match. One query, whoever it is."""
    requests = requests_visible_to(member)
    matches = MatchSeat.objects.filter(member=member).values("match")
    known = (
        Q(pk__in=people_known_to(member).values("pk"))
        | Q(pk__in=Place.objects.filter(pair__in=pairs_visible_to(member)).values("member"))
        | Q(pk__in=requests.filter(to=member).values("by"))
        | Q(pk__in=MatchSeat.objects.filter(match__in=matches).values("member"))
    )
    return User.objects.filter(known, is_active=True).exclude(pk=member.pk)
