"""Who may read and write what at a check-in: the two (or three) of the pair, and of what is not shared yet its author alone."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from accountability.buddies.models import Place
from accountability.buddies.permissions import can_write_in_pair, pairs_writable_by
from accountability.checkins.choices import KEPT_FOR
from accountability.checkins.models import CalendarLink, CheckIn, PairNotes, Part, PartDraft
from accountability.checkins.querysets import CheckInQuerySet, PartDraftQuerySet, PartQuerySet
from core.clock import asked_now


def check_ins_visible_to(user: Any) -> CheckInQuerySet:
    """The check-ins of the member's pairs; of one that they left, those settled by then, for 30 days."""
    return CheckIn.objects.readable_by(user) if user.is_authenticated else CheckIn.objects.none()


def can_see_check_in(user: Any, check_in: CheckIn) -> bool:
    """Whether the member may know of this check-in."""
    place = _readable_place(user, check_in.pair_id)
    if place is None or place.left_at is None:
        return place is not None
    return check_in.settled_at is not None and check_in.settled_at <= place.left_at


def check_ins_keepable_by(user: Any) -> CheckInQuerySet:
    """Those for which what the member sends is taken, be it that it is kept for them alone: also one that was coming when
    they left, on which they may have been writing. None of its pages is theirs any more."""
    return CheckIn.objects.begun_by(user) if user.is_authenticated else CheckIn.objects.none()


def can_keep_words_for(user: Any, check_in: CheckIn) -> bool:
    """Whether what the member sends for it is taken."""
    place = _readable_place(user, check_in.pair_id)
    return place is not None and (place.left_at is None or check_in.made_at < place.left_at)


def check_ins_writable_by(user: Any) -> QuerySet[CheckIn]:
    """Those of the pair in which the member has a place now."""
    return CheckIn.objects.filter(pair__in=pairs_writable_by(user))


def can_write_check_in(user: Any, check_in: CheckIn) -> bool:
    """Whether the member may write, hand in, skip or move: the pair is open and they are in it now."""
    return can_write_in_pair(user, check_in.pair)


def parts_visible_to(user: Any) -> PartQuerySet:
    """What the pair shared at its check-ins; for one who left, as it stood then."""
    return Part.objects.readable_by(user) if user.is_authenticated else Part.objects.none()


def can_see_part(user: Any, part: Part) -> bool:
    """Whether the member may read it, and how it was worded before."""
    place = _readable_place(user, part.pair_id)
    if place is None or place.left_at is None:
        return place is not None
    return max(part.shared_at, part.changed_at) < place.left_at


def parts_changeable_by(user: Any) -> QuerySet[Part]:
    """The member's own parts in the pair in which they have a place now."""
    if not user.is_authenticated:
        return Part.objects.none()
    return Part.objects.filter(member=user, pair__in=pairs_writable_by(user))


def can_change_part(user: Any, part: Part) -> bool:
    """Whether it is the member's own, in an open pair of theirs."""
    own = bool(user.is_authenticated and part.member_id == user.pk)
    return own and can_write_in_pair(user, part.pair)


def drafts_visible_to(user: Any) -> PartDraftQuerySet:
    """The member's own drafts, whatever became of the pair; nobody's for the signed-out."""
    return PartDraft.objects.of(user) if user.is_authenticated else PartDraft.objects.none()


def can_see_draft(user: Any, draft: PartDraft) -> bool:
    """Whether it is the member's own."""
    return bool(user.is_authenticated and draft.member_id == user.pk)


def notes_visible_to(user: Any) -> QuerySet[PairNotes]:
    """The notes of the member's pairs; of one that they left, as long as nobody changed them since, for 30 days."""
    if not user.is_authenticated:
        return PairNotes.objects.none()
    there = Q(pair__places__left_at__isnull=True)
    left_at = F("pair__places__left_at")
    left = Q(pair__places__left_at__gt=asked_now() - KEPT_FOR, changed_at__lte=left_at)
    return PairNotes.objects.filter(Q(pair__places__member=user) & (there | left))


def can_see_notes(user: Any, notes: PairNotes) -> bool:
    """Whether the member may read them."""
    place = _readable_place(user, notes.pair_id)
    return place is not None and (place.left_at is None or notes.changed_at <= place.left_at)


def links_visible_to(user: Any) -> QuerySet[CalendarLink]:
    """The member's own link for the pair in which they have a place now."""
    if not user.is_authenticated:
        return CalendarLink.objects.none()
    return CalendarLink.objects.filter(member=user, place__left_at__isnull=True)


def can_see_link(user: Any, link: CalendarLink) -> bool:
    """Whether it is the member's own, and its place is open."""
    return bool(user.is_authenticated and link.member_id == user.pk and link.place.left_at is None)


def own_places(user: Any) -> QuerySet[Place]:
    """The member's open place: at most one."""
    if not user.is_authenticated:
        return Place.objects.none()
    return Place.objects.open().filter(member=user)


def _readable_place(user: Any, pair_id: Any) -> Place | None:
    if not user.is_authenticated:
        return None
    return Place.objects.readable().filter(pair=pair_id, member=user).first()
