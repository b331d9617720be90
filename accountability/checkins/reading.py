"""What the pages show: parts as far as they open, and what a member's card says of their check-ins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise

from accountability.buddies.models import Pair, Place
from accountability.checkins.actions.settling import settle_when_due
from accountability.checkins.choices import SignKind
from accountability.checkins.keys import SHUT, pair_is_shut, shut_among
from accountability.checkins.models import (
    Asking,
    CalendarLink,
    CheckIn,
    Part,
    PartDraft,
    PartVersion,
    Sign,
)
from accountability.checkins.permissions import check_ins_visible_to, drafts_visible_to
from accountability.checkins.texts import Words, words_of
from core.crypto.alerts import could_not_open
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


@dataclass(frozen=True)
class Card:
    """What /buddy/ says of a pair's check-ins to one of them."""

    pair: Pair
    coming: CheckIn | None
    past: list[CheckIn]
    mine: Any  # one's own open place, with `is_asked` and `has_link`
    others_rest: bool
    kept: list[PartDraft]
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
    """Four queries, however many check-ins there are or were: one finds the coming one and one the last three by an index
    that begins with the pair, one the places, one what is kept.
    """
    is_open = pair.ended_at is None
    coming = coming_of(member, pair) if is_open else None
    past = check_ins_visible_to(member).settled().filter(pair=pair)[:LAST_ONES]
    places = _places(pair) if is_open else []
    mine = next((place for place in places if place.member_id == member.pk), None)
    others = [place for place in places if place.member_id != member.pk]
    return Card(
        pair=pair,
        coming=coming if mine else None,
        past=list(past),
        mine=mine,
        others_rest=bool(others) and all(place.resting_since for place in others),
        kept=kept_of(member) if mine else [],
        is_shut=pair_is_shut(pair.pk),
    )


def coming_of(member: Any, pair: Pair, now: datetime | None = None) -> Any:
    """The check-in that comes, with what the member did for it: `is_begun`, `is_in`, `is_skipped`. One that is due is settled first."""
    now = now or timezone.now()
    rows = with_own_state(CheckIn.objects.coming().filter(pair=pair), member)
    coming = rows.first()
    if coming is not None and coming.due_at <= now:
        settle_when_due(coming, now)
        coming = rows.first()
    return coming


def with_own_state(rows: Any, member: Any) -> Any:
    """The check-ins with what the member, and nobody else, did for each."""
    drafts = PartDraft.objects.of(member).filter(check_in=OuterRef("pk"))
    signs = Sign.objects.filter(member=member, check_in=OuterRef("pk"))
    return rows.annotate(
        is_begun=Exists(drafts),
        is_in=Exists(drafts.filter(handed_in_at__isnull=False)),
        is_skipped=Exists(signs.filter(kind=SignKind.SKIPS)),
    )


def kept_of(member: Any) -> list[PartDraft]:
    """What the member could not hand in any more; unopened."""
    rows: Any = drafts_visible_to(member).kept().only("pk", "kept_since", "member_id")
    return list(rows.order_by("-kept_since"))


def _places(pair: Pair) -> list[Any]:
    asked = Asking.objects.filter(place=OuterRef("pk"), settled_at__isnull=True)
    links = CalendarLink.objects.filter(place=OuterRef("pk"))
    rows = Place.objects.open().filter(Q(pair=pair))
    return list(rows.annotate(is_asked=Exists(asked), has_link=Exists(links)).order_by("pk"))
