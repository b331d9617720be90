"""What the pages show: parts as far as they open, and what a member's card says of their check-ins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, FilteredRelation, Q, QuerySet, UUIDField
from django.utils import timezone
from django.utils.functional import Promise

from accountability.buddies.models import Pair, Place
from accountability.checkins.actions.settling import settle_when_due
from accountability.checkins.choices import SignKind
from accountability.checkins.keys import SHUT, pair_is_shut, shut_among
from accountability.checkins.models import (
    CheckIn,
    Part,
    PartDraft,
    PartVersion,
)
from accountability.checkins.permissions import (
    check_ins_visible_to,
    drafts_visible_to,
)
from accountability.checkins.texts import Words, words_of
from core.crypto.alerts import could_not_open
from core.crypto.owners import Owner
from core.models import OwnerKind
from core.prepared import Given, Prepared, PreparedColumns, Somebody

LAST_ONES = 3


@dataclass(frozen=True)
class Opened:
    """A row with what it says; `words` is None where it does not open."""

    row: Any
    words: Words | None

    @property
    def answers(self) -> list[tuple[Promise, str]]:
        """Question and answer."""
        return self.words.answers if self.words else []


class Kept(NamedTuple):
    """A text that could not be handed in any more; unopened."""

    pk: UUID
    kept_since: datetime


@dataclass(frozen=True)
class Card:
    """What /buddy/ says of a pair's check-ins to one of them."""

    pair: Pair
    coming: CheckIn | None
    past: list[CheckIn]
    mine: Place | None  # one's own open place
    others_rest: bool
    is_asked: bool
    has_link: bool
    kept: list[Kept]
    is_shut: bool  # the key of the pair does not open


def opened(row: PartDraft | Part | PartVersion) -> Opened:
    """The row with its words, or with None; then the operator is told, without a word of it."""
    try:
        return Opened(row, words_of(row))
    except SHUT:
        could_not_open(row)
        return Opened(row, None)


def opened_all(rows: Iterable[Part | PartVersion]) -> list[Opened]:
    """The same for many of one pair: their key is asked for once."""
    found = list(rows)
    shut_among({Owner(OwnerKind.PAIR, row.pair_id) for row in found})
    return [opened(row) for row in found]


def card_of(member: Any, pair: Pair) -> Card:
    """Two queries, however many check-ins there are or were, and one for the places where the page has not read them.

    One finds the check-ins by an index that begins with the pair, one what stands beside the member's own place.
    """
    places = _open_places(pair)
    mine = next((place for place in places if place.member_id == member.pk), None)
    others = [place for place in places if place.member_id != member.pk]
    coming, past = _check_ins(member, pair, mine)
    is_asked, has_link, kept = _beside(mine) if mine else (False, False, [])
    return Card(
        pair=pair,
        coming=coming,
        past=past,
        mine=mine,
        others_rest=bool(others) and all(place.resting_since for place in others),
        is_asked=is_asked,
        has_link=has_link,
        kept=kept,
        is_shut=pair_is_shut(pair.pk),
    )


def _near() -> QuerySet[CheckIn]:
    somebody = Somebody()
    place = {"pair__places__member": somebody, "pair__places__left_at__isnull": True}
    rows = with_own_state(CheckIn.objects.coming().filter(**place), somebody).annotate(
        rests=F("pair__places__resting_since"),
        asked_at=F("pair__places__asking__asked_at"),
        question_settled_at=F("pair__places__asking__settled_at"),
    )
    first: QuerySet[CheckIn] = rows.order_by("pk")[:1]
    return first


_NEAR = Prepared(_near)


def near_of(member: Any) -> CheckIn | None:
    """The check-in that comes for the member's open place, for Today; None where none does. One query.

    With `with_own_state`, and: `rests`, since when the place rests; `asked_at` and `settled_at` of the question how it is going.
    """
    if not member.is_authenticated:
        return None
    return _NEAR.first(member=member.pk)


def with_own_state(rows: Any, member: Any) -> Any:
    """The check-ins with what the member, and nobody else, did for each: `is_begun`, `is_in`, `is_skipped`; each is true or empty."""
    skips = Q(signs__member=member, signs__kind=SignKind.SKIPS)
    return rows.annotate(
        own_draft=FilteredRelation("drafts", condition=Q(drafts__member=member)),
        own_skip=FilteredRelation("signs", condition=skips),
        is_begun=F("own_draft__pk"),
        is_in=F("own_draft__handed_in_at"),
        is_skipped=F("own_skip__pk"),
    )


def kept_of(member: Any) -> list[Kept]:
    """What the member could not hand in any more."""
    rows = drafts_visible_to(member).kept().order_by("-kept_since")
    return [Kept(*row) for row in rows.values_list("pk", "kept_since")]


def _last() -> QuerySet[CheckIn]:
    somebody, pair = Somebody(), Given("pair", UUIDField())
    rows = with_own_state(check_ins_visible_to(somebody).filter(pair=pair), somebody)
    last: QuerySet[CheckIn] = rows[: LAST_ONES + 1]
    return last


_LAST = Prepared(_last)


def _check_ins(member: Any, pair: Pair, mine: Place | None) -> tuple[Any, list[CheckIn]]:
    """The one that comes and the last ones: one query. One that is due is settled first, and then there is a next one."""
    found, now = _LAST.ask(member=member.pk, pair=pair.pk), timezone.now()
    coming = next((row for row in found if row.settled_at is None), None) if mine else None
    if coming is not None and coming.due_at <= now:
        settle_when_due(coming, now)
        found = _LAST.ask(member=member.pk, pair=pair.pk)
        coming = next((row for row in found if row.settled_at is None), None)
    return coming, [row for row in found if row.settled_at is not None][:LAST_ONES]


def _open_places(pair: Pair) -> list[Place]:
    if pair.ended_at is not None:
        return []
    if pair.places_read is None:
        return list(Place.objects.open().filter(pair=pair))
    return [place for place in pair.places_read if place.left_at is None]


def _all_beside() -> QuerySet[Any, Any]:
    drafts = "member__check_in_drafts"
    rows = Place.objects.filter(pk=Given("place", UUIDField())).annotate(
        kept=FilteredRelation(drafts, condition=Q(**{f"{drafts}__kept_since__isnull": False}))
    )
    columns = ("asking__asked_at", "asking__settled_at", "calendar_link", "kept", "kept__kept_since")  # fmt: skip
    return rows.order_by("-kept__kept_since").values_list(*columns)


_BESIDE = PreparedColumns(_all_beside)


def _beside(mine: Place) -> tuple[bool, bool, list[Kept]]:
    """Whether the member is asked how it is going, whether they have a link for a calendar, and their kept texts."""
    found = _BESIDE.ask(place=mine.pk)
    if not found:
        return False, False, []
    asked_at, settled_at, link, *_kept = found[0]
    kept = [Kept(*row[3:]) for row in found if row[3] is not None]
    return asked_at is not None and settled_at is None, link is not None, kept
