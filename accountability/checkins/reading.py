"""What the pages show: parts as far as they open, and what a member's card says of their check-ins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise

from accountability.buddies.models import Pair, Place
from accountability.checkins.actions.settling import settle_when_due
from accountability.checkins.choices import SignKind
from accountability.checkins.models import (
    Asking,
    CalendarLink,
    CheckIn,
    Part,
    PartDraft,
    PartVersion,
    Sign,
)
from accountability.checkins.permissions import (
    check_ins_visible_to,
    drafts_visible_to,
    own_places,
)
from accountability.checkins.texts import Words, words_of
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.owners import Owner
from core.models import OwnerKind

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


def opened(row: PartDraft | Part | PartVersion) -> Opened:
    """The row with its words, or with None; then the operator is told, without a word of it."""
    try:
        return Opened(row, words_of(row))
    except CannotOpen:
        could_not_open(row)
        return Opened(row, None)


def opened_all(rows: Iterable[Part | PartVersion]) -> list[Opened]:
    """The same for many of one pair: their key is asked for once."""
    found = list(rows)
    owners.get_ready({Owner(OwnerKind.PAIR, row.pair_id) for row in found})
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
    )


def near_of(member: Any, until: datetime) -> dict[str, Any] | None:
    """How the member's place stands for Today; None without one. One query.

    `near` is the check-in that comes before this moment, if any, with `near__due_at` and what the member did for it.
    """
    coming = Q(pair__check_ins__settled_at__isnull=True, pair__check_ins__due_at__lte=until)
    rows: Any = own_places(member).annotate(
        near=FilteredRelation("pair__check_ins", condition=coming),
        is_asked=Exists(Asking.objects.filter(place=OuterRef("pk"), settled_at__isnull=True)),
    )
    rows = with_own_state(rows, member, of="near")
    found: dict[str, Any] | None = rows.values(
        "resting_since", "is_asked", "near", "near__due_at", "is_begun", "is_in", "is_skipped"
    ).first()
    return found


def with_own_state(rows: Any, member: Any, *, of: str = "pk") -> Any:
    """The check-ins with what the member, and nobody else, did for each: `is_begun`, `is_in`, `is_skipped`."""
    drafts = PartDraft.objects.of(member).filter(check_in=OuterRef(of))
    signs = Sign.objects.filter(member=member, check_in=OuterRef(of))
    return rows.annotate(
        is_begun=Exists(drafts),
        is_in=Exists(drafts.filter(handed_in_at__isnull=False)),
        is_skipped=Exists(signs.filter(kind=SignKind.SKIPS)),
    )


def kept_of(member: Any) -> list[Kept]:
    """What the member could not hand in any more."""
    rows = drafts_visible_to(member).kept().order_by("-kept_since")
    return [Kept(*row) for row in rows.values_list("pk", "kept_since")]


def _check_ins(member: Any, pair: Pair, mine: Place | None) -> tuple[Any, list[CheckIn]]:
    """The one that comes and the last ones: one query. One that is due is settled first, and then there is a next one."""
    rows = with_own_state(check_ins_visible_to(member).filter(pair=pair), member)
    found, now = list(rows[: LAST_ONES + 1]), timezone.now()
    coming = next((row for row in found if row.settled_at is None), None) if mine else None
    if coming is not None and coming.due_at <= now:
        settle_when_due(coming, now)
        found = list(rows[: LAST_ONES + 1])
        coming = next((row for row in found if row.settled_at is None), None)
    return coming, [row for row in found if row.settled_at is not None][:LAST_ONES]


def _open_places(pair: Pair) -> list[Place]:
    if pair.ended_at is not None:
        return []
    if pair.places_read is None:
        return list(Place.objects.open().filter(pair=pair))
    return [place for place in pair.places_read if place.left_at is None]


def _beside(mine: Place) -> tuple[bool, bool, list[Kept]]:
    """Whether the member is asked how it is going, whether they have a link for a calendar, and their kept texts."""
    drafts = "member__check_in_drafts"
    rows = Place.objects.filter(pk=mine.pk).annotate(
        is_asked=Exists(Asking.objects.filter(place=OuterRef("pk"), settled_at__isnull=True)),
        has_link=Exists(CalendarLink.objects.filter(place=OuterRef("pk"))),
        kept=FilteredRelation(drafts, condition=Q(**{f"{drafts}__kept_since__isnull": False})),
    )
    columns = ("is_asked", "has_link", "kept", "kept__kept_since")
    found = list(rows.order_by("-kept__kept_since").values_list(*columns))
    kept = [Kept(key, since) for _asked, _link, key, since in found if key is not None]
    return (*found[0][:2], kept) if found else (False, False, [])
