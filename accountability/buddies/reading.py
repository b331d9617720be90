"""What the pages of buddies show, opened once and with whatever does not open left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, UUIDField, Value
from django.utils.functional import Promise

from accountability.buddies.choices import AgreementState
from accountability.buddies.models import Agreement, Confirmation, Openness, Pair, Place, Request
from accountability.buddies.models.agreement import WORDS
from accountability.buddies.permissions import (
    agreements_confirmable_by,
    agreements_visible_to,
    requests_answerable_by,
    requests_visible_to,
)
from accounts.models import User
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import Owner
from core.models import OwnerKind
from core.prepared import Given, Prepared, PreparedColumns, Somebody


@dataclass(frozen=True)
class Words:
    """One sealed value as a page shows it: its text, None where it cannot be opened."""

    label: str | Promise
    text: str | None


@dataclass(frozen=True)
class Person:
    """One of the pair, with how to reach them (None: cannot be opened)."""

    place: Place
    contact: str | None

    @property
    def member(self) -> Any:
        """Who it is."""
        return self.place.member


@dataclass(frozen=True)
class Shared:
    """A pair as one of its members reads it: who, since when, until when it can be read, what they agreed on."""

    pair: Pair
    mine: Person
    others: Sequence[Person]
    in_force: Agreement | None
    proposal: Agreement | None
    is_confirmed: bool

    @property
    def is_open(self) -> bool:
        """Whether the reader can write in it."""
        return self.mine.place.left_at is None and self.pair.ended_at is None

    @property
    def until(self) -> datetime | None:
        """Until when it can be read; None while it is open."""
        return self.mine.place.readable_until

    @property
    def waits_for_me(self) -> bool:
        """Whether there is a proposal that the reader has not confirmed."""
        return self.is_open and self.proposal is not None and not self.is_confirmed


@dataclass(frozen=True)
class Version:
    """One text of an agreement, opened."""

    agreement: Agreement
    words: tuple[Words, ...]

    @property
    def opens(self) -> bool:
        """Whether all of it could be opened."""
        return all(words.text is not None for words in self.words)


class Asker(NamedTuple):
    """A request that waits, by who asks."""

    pk: UUID
    name: str


@dataclass(frozen=True)
class Waiting:
    """What waits for a member: requests, the oldest first, and the pair in which a text is to be confirmed."""

    requests: Sequence[Asker]
    pair: UUID | None


@dataclass(frozen=True)
class Incoming:
    """A request as a page shows it."""

    request: Request
    whom: str | None
    words: str | None


def shared_of(place: Place, member: Any) -> Shared:
    """The pair of this place for its member: one query when `places_of` has read its places, else two; besides the keys."""
    if place.pair.places_read is None:
        place = with_places(member, place.pair)
    pair, places = place.pair, place.pair.places_read or []
    owners_ready(pair)
    there = [row for row in places if row.member_id != member.pk and _is_there(row, place)]
    mine = next(row for row in places if row.member_id == member.pk)
    by_state = {text.state: text for text in _current_texts(pair, member)}
    proposal = by_state.get(AgreementState.PROPOSED)
    return Shared(
        pair=pair,
        mine=_person(mine),
        others=[_person(row, reachable=place.left_at is None) for row in there],
        in_force=by_state.get(AgreementState.IN_FORCE),
        proposal=proposal,
        is_confirmed=getattr(proposal, "is_mine", False),
    )


def _places() -> Any:
    """All places of the pairs of which the member can still read something."""
    mine = Place.objects.readable().filter(member=Somebody())
    rows = Place.objects.filter(pair__in=mine.values("pair")).for_page()
    listed = Openness.objects.filter(member=OuterRef("member"))
    return rows.annotate(is_listed=Exists(listed))


_PLACES: Prepared[Place] = Prepared(_places)


def places_of(member: Any) -> tuple[Any, list[Place]]:
    """The member's place in their open pair (None without one), and those they left and can still read, the last first.

    One query for all, with the places of the others. `is_listed` on each says whether its member is open to being asked.
    """
    by_pair: dict[UUID, list[Place]] = {}
    for place in _PLACES.ask(member=member.pk):
        by_pair.setdefault(place.pair_id, []).append(place)
    own = [_in_its_pair(member, there) for there in by_pair.values()]
    left = [place for place in own if place.left_at is not None]
    left.sort(key=lambda place: (place.left_at, place.pk), reverse=True)
    return next((place for place in own if place.left_at is None), None), left


def with_places(member: Any, pair: Pair) -> Place:
    """The member's place in a pair that they may read, which then knows all its places: one query."""
    return _in_its_pair(member, list(Place.objects.filter(pair=pair).for_page()))


def _waiting() -> QuerySet[Any, Any]:
    somebody = Somebody()
    asked = requests_answerable_by(somebody).order_by()
    text = agreements_confirmable_by(somebody).order_by()
    requests = asked.values_list(Value(False), "asked_at", "pk", "by__chosen_name")
    texts = text.values_list(Value(True), "written_at", "pair_id", Value(""))
    return requests.union(texts, all=True)


_WAITING = PreparedColumns(_waiting)


def waiting_today(member: Any) -> Waiting | None:
    """What waits for this member's answer; None when nothing does. One query."""
    found = sorted(_WAITING.ask(member=member.pk))
    if not found:
        return None
    pair = next((key for is_text, _at, key, _name in found if is_text), None)
    askers = [
        Asker(key, User(chosen_name=name).get_full_name())
        for is_text, _at, key, name in found
        if not is_text
    ]
    return Waiting(askers, pair)


def owners_ready(pair: Pair) -> None:
    """Open the key of the pair, so that opening its rows asks nothing more.

    Where its places were read the keys of those in it are opened along: other rooms show beside it what each of them wrote.
    """
    there = [place for place in pair.places_read or () if place.left_at is None]
    members = [Owner(OwnerKind.MEMBER, place.member_id) for place in there]
    owners.get_ready([Owner(OwnerKind.PAIR, pair.pk), *members])


def version_of(agreement: Agreement) -> Version:
    """A text of an agreement, opened as far as it goes."""
    meta = agreement._meta
    return Version(
        agreement,
        tuple(Words(meta.get_field(name).verbose_name, opened(agreement, name)) for name in WORDS),  # type: ignore[union-attr]
    )


def waiting_for(member: Any) -> tuple[Incoming | None, list[Incoming]]:
    """The member's own open request, and those that wait for their answer, the oldest first: one query, besides the keys."""
    waiting = requests_visible_to(member).open().select_related("by__organization")
    rows = list(waiting.order_by("asked_at", "pk"))
    owners.get_ready([Owner(OwnerKind.MEMBER, row.by_id) for row in rows])
    mine = next((request_opened(row) for row in rows if row.by_id == member.pk), None)
    return mine, [request_opened(row) for row in rows if row.by_id != member.pk]


def request_opened(request: Request) -> Incoming:
    """A request with its words; what the asker's page calls the other is opened for the asker's page alone."""
    return Incoming(request, opened(request, "whom"), opened(request, "words"))


def opened(row: Any, name: str) -> str | None:
    """The text of a sealed field; None, and a word to the operator, where it cannot be opened."""
    try:
        return str(getattr(row, name))
    except (CannotOpen, KeyMissing):
        could_not_open(row)
        return None


def _in_its_pair(member: Any, places: list[Place]) -> Place:
    """The member's own of all places of a pair, which knows the others."""
    mine = next(place for place in places if place.member_id == member.pk)
    mine.pair.places_read = places
    return mine


def _current() -> Any:
    somebody, pair = Somebody(), Given("pair", UUIDField())
    mine = Confirmation.objects.filter(agreement=OuterRef("pk"), member=somebody)
    texts = agreements_visible_to(somebody).filter(pair=pair).current()
    return texts.annotate(is_mine=Exists(mine))


_CURRENT: Prepared[Agreement] = Prepared(_current)


def _current_texts(pair: Pair, member: Any) -> list[Agreement]:
    """What is in force and what is proposed, `is_mine` telling whether the member confirmed it."""
    return _CURRENT.ask(pair=pair.pk, member=member.pk)


def _person(place: Place, *, reachable: bool = True) -> Person:
    """Somebody of the pair. Who has left it is not told how the others are reached, though those go on; nor is anybody told
    how to reach somebody whose account is closed."""
    return Person(place, opened(place, "contact") if reachable and place.member.is_active else "")


def _is_there(row: Place, mine: Place) -> bool:
    """Whether somebody belongs to the pair as the reader sees it: who left a trio before is no part of it any more."""
    if mine.left_at is None:
        return row.left_at is None
    return row.left_at is None or row.left_at >= mine.left_at
