"""Writing for a check-in: alone first, handed in, and worded anew afterwards."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies.actions import PairEnded
from accountability.buddies.actions.places import end_rest
from accountability.buddies.models import Place
from accountability.buddies.permissions import can_write_in_pair
from accountability.checkins import notifications
from accountability.checkins.actions.holding import Gone, held, hold_pair, places_of
from accountability.checkins.actions.settling import settle_when_all_are_in, share
from accountability.checkins.choices import SignKind
from accountability.checkins.keys import SHUT, pair_is_shut
from accountability.checkins.models import CheckIn, Part, PartDraft, PartVersion, Sign
from accountability.checkins.permissions import (
    can_keep_words_for,
    can_see_draft,
    can_write_check_in,
)
from accountability.checkins.texts import Words, words_of, write_into
from core.access import require
from core.crypto import owners
from core.crypto.alerts import could_not_open
from core.crypto.owners import Owner
from core.models import OwnerKind


class Conflict(Exception):
    """Another tab saved meanwhile. Nothing was changed; `stored` is the row with the other text."""

    def __init__(self, stored: PartDraft | Part) -> None:
        super().__init__("Another tab saved meanwhile.")
        self.stored = stored


class Outcome(Enum):
    """What became of a text."""

    SAVED = "saved"  # for its author alone
    HANDED_IN = "handed in"  # it waits until all see all
    SHARED = "shared"  # the pair reads it
    WAITS = "waits"  # handed in; the pair reads it when the pair's key opens again
    KEPT = "kept"  # the pair has ended, or its author left it: kept for them alone


@transaction.atomic
def save_draft(
    *, check_in: CheckIn, by: Any, words: Words, seen: int, anyway: bool = False
) -> Outcome:
    """Keep what is being written, for its author alone. `seen` is the version that the form began with, 0 for none.

    What was handed in stays handed in, with the new words. When the pair has ended meanwhile the text is kept for its
    author. Raises Conflict when another tab saved a different text since, unless `anyway`.
    """
    check_in = _for_writing(check_in, by)
    if not can_write_check_in(by, check_in):
        return _keep(check_in, by, words, seen, anyway)
    if _is_shared(check_in, by, words):
        return Outcome.SHARED
    draft = _written(check_in, by, words, seen, anyway)
    if draft.handed_in_at is None:
        return Outcome.SAVED
    return Outcome.WAITS if check_in.settled_at else Outcome.HANDED_IN


@transaction.atomic
def hand_in(
    *, check_in: CheckIn, by: Any, words: Words, seen: int, anyway: bool = False
) -> Outcome:
    """Hand in what was written; after the check-in is settled it stands before the others at once. Twice is once.

    It ends a rest and a skip of its author. Raises Conflict as `save_draft` does.
    """
    check_in = _for_writing(check_in, by)
    if not can_write_check_in(by, check_in):
        return _keep(check_in, by, words, seen, anyway)
    if _is_shared(check_in, by, words):
        return Outcome.SHARED
    now = timezone.now()
    draft = _written(check_in, by, words, seen, anyway)
    for place in Place.objects.open().filter(pair=check_in.pair_id, member=by):
        end_rest(place, now)
    draft.handed_in_at = draft.handed_in_at or now
    draft.save(update_fields=["handed_in_at"])
    if check_in.settled_at is not None:
        return _share_now(check_in, by, words, draft)
    Sign.objects.filter(check_in=check_in, member=by, kind=SignKind.SKIPS).delete()
    settle_when_all_are_in(check_in, now, by=by)
    if check_in.settled_at is None:
        return Outcome.HANDED_IN
    is_shared = Part.objects.filter(check_in=check_in, member=by).exists()
    return Outcome.SHARED if is_shared else Outcome.WAITS


@transaction.atomic
def take_back(*, check_in: CheckIn, by: Any) -> None:
    """Take back what was handed in, as long as nobody else has read it; the text stays a draft."""
    check_in = _for_writing(check_in, by)
    require(can_write_check_in(by, check_in))
    PartDraft.objects.of(by).filter(check_in=check_in).update(handed_in_at=None)


@transaction.atomic
def change_part(*, part: Part, by: Any, words: Words, seen: int) -> Part:
    """Word one's own part anew; the pair can still read how it was. The same words twice are one change.

    Raises Conflict when another tab changed it since, PairEnded when the pair ended or its author left it meanwhile, and
    Gone. A wording that cannot be opened any more leaves no trace in the history.
    """
    hold_pair(part.pair_id)
    found = Part.objects.select_related("pair").filter(pk=part.pk).first()
    if found is None:
        raise Gone
    part = found
    require(part.member_id == by.pk)
    if not can_write_in_pair(by, part.pair):
        raise PairEnded
    if _same(part, words):
        return part
    if part.version != seen:
        raise Conflict(part)
    _into_history(part)
    write_into(part, words)
    part.version, part.changed_at = part.version + 1, timezone.now()
    part.save()
    return part


@transaction.atomic
def delete_kept(*, draft: PartDraft, by: Any) -> None:
    """Delete a text that was kept for its author; it is gone at once."""
    require(can_see_draft(by, draft))
    PartDraft.objects.of(by).filter(pk=draft.pk).delete()


def _for_writing(check_in: CheckIn, by: Any) -> CheckIn:
    check_in = held(check_in)
    require(can_keep_words_for(by, check_in))
    return check_in


def _keep(check_in: CheckIn, by: Any, words: Words, seen: int, anyway: bool) -> Outcome:
    """For its author alone: there is nobody any more to hand it to."""
    draft = _written(check_in, by, words, seen, anyway)
    draft.handed_in_at = None
    draft.kept_since = draft.kept_since or timezone.now()
    draft.save(update_fields=["handed_in_at", "kept_since"])
    return Outcome.KEPT


def _is_shared(check_in: CheckIn, by: Any, words: Words) -> bool:
    """Whether these words stand before the others already. Raises Conflict where others of the same author do."""
    part = Part.objects.filter(check_in=check_in, member=by).first()
    if part is not None and not _same(part, words):
        raise Conflict(part)
    return part is not None


def _written(check_in: CheckIn, by: Any, words: Words, seen: int, anyway: bool) -> PartDraft:
    draft = PartDraft.objects.of(by).filter(check_in=check_in).first()
    if draft is None:
        owners.get_ready([Owner(OwnerKind.MEMBER, by.pk)])  # the key first, the row second
        draft = PartDraft(check_in=check_in, member=by, version=0)
    elif _same(draft, words):
        return draft
    elif draft.version != seen and not anyway:
        raise Conflict(draft)
    write_into(draft, words)
    draft.version, draft.saved_at = draft.version + 1, timezone.now()
    draft.save()
    return draft


def _into_history(part: Part) -> None:
    try:
        before = words_of(part)
    except SHUT:
        return
    older = PartVersion(
        part=part, pair_id=part.pair_id, number=part.version, written_at=part.changed_at
    )
    write_into(older, before)
    older.save(force_insert=True)


def _share_now(check_in: CheckIn, by: Any, words: Words, draft: PartDraft) -> Outcome:
    now = timezone.now()
    if pair_is_shut(check_in.pair_id):
        could_not_open(Part)
        return Outcome.WAITS
    share(check_in, by, words, now)
    draft.delete()
    if check_in.revealed_at is None:
        check_in.revealed_at = now
        check_in.save(update_fields=["revealed_at"])
    others = [place.member for place in places_of(check_in.pair_id) if place.member_id != by.pk]
    notifications.check_in_open(check_in, others)
    return Outcome.SHARED


def _same(row: PartDraft | Part, words: Words) -> bool:
    """Whether it says so already; what cannot be opened says something else."""
    try:
        return words_of(row) == words
    except SHUT:
        return False
