"""Who may read and write what in a pair: the two (or three) of it, and nobody else for any reason. Who may ask whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from accountability.buddies.choices import KEPT_FOR, RequestState
from accountability.buddies.models import Agreement, Pair, Place, Request
from accountability.buddies.querysets import AgreementQuerySet, PairQuerySet, RequestQuerySet
from accounts.models import User
from care.permissions import kept_away_from
from cohorts.models import Cohort, Membership


def pairs_visible_to(user: Any) -> PairQuerySet:
    """The pairs a member may read: their own, and for 30 days the one they left or that ended."""
    return Pair.objects.readable_by(user) if user.is_authenticated else Pair.objects.none()


def can_see_pair(user: Any, pair: Pair) -> bool:
    """Whether the member may read what is shared in it."""
    place = _place_of(user, pair)
    if place is None:
        return False
    return place.left_at is None or timezone.now() - place.left_at < KEPT_FOR


def pairs_writable_by(user: Any) -> PairQuerySet:
    """The open pair in which the member has a place now: at most one."""
    if not user.is_authenticated:
        return Pair.objects.none()
    return Pair.objects.open().filter(places__member=user, places__left_at__isnull=True)


def can_write_in_pair(user: Any, pair: Pair) -> bool:
    """Whether the member may write in it: it is open and they have a place in it now."""
    place = _place_of(user, pair)
    return pair.ended_at is None and place is not None and place.left_at is None


def buddies_of(member: Any) -> QuerySet[User]:
    """The others of the member's open pair now whose account is open; nobody's for the signed-out."""
    if not member.is_authenticated:
        return User.objects.none()
    mine = Place.objects.open().filter(member=member).values("pair")
    there = User.objects.filter(buddy_places__pair__in=mine, buddy_places__left_at__isnull=True)
    return there.filter(is_active=True).exclude(pk=member.pk)


def members_there(pair: Pair) -> Any:
    """The ids of those who have a place in the pair now and whose account is open: those that the page has read, else as a query."""
    if pair.places_read is not None:
        there = [place for place in pair.places_read if place.left_at is None]
        return [place.member_id for place in there if place.member.is_active]
    return Place.objects.open().filter(pair=pair, member__is_active=True).values("member")


def is_buddy_of(user: Any, member_id: UUID) -> bool:
    """Whether the two have open places in one pair now, and the other's account is open. As a filter: `buddies_of`."""
    return bool(user.is_authenticated) and buddies_of(user).filter(pk=member_id).exists()


def knows_as_buddy(user: Any, member_id: UUID) -> bool:
    """Whether the user may know of this member by a pair that they can still read, or by a request that came to them.

    By a request of their own they learn of nobody: whose an address is, and whether it reached anybody, is not theirs to
    know (`Request`). Who stood in a list shared a cohort with them, and is known by that.
    """
    if not user.is_authenticated:
        return False
    shared = Place.objects.readable().filter(member=user).beside(member_id)
    return shared.exists() or Request.objects.from_to(member_id, user).exists()


def can_ask_member(user: Any, member: User) -> bool:
    """Whether the member may be asked from the list: open to it, in a current cohort of the user, without a buddy, and
    contact is stopped by neither side."""
    return bool(user.is_authenticated) and members_askable_by(user).filter(pk=member.pk).exists()


def members_askable_by(user: Any) -> QuerySet[User]:
    """Those whom the user may ask from the list, by name. At most three queries."""
    if not user.is_authenticated:
        return User.objects.none()
    cohorts = Cohort.objects.of(user).not_over().values("pk")
    there = Membership.objects.current().filter(cohort__in=cohorts).values("member")
    paired = Place.objects.open().values("member")
    found = User.objects.filter(pk__in=there, buddy_openness__isnull=False, is_active=True)
    found = found.exclude(pk=user.pk).exclude(pk__in=paired)
    away = kept_away_from(user, set(found.values_list("pk", flat=True)))
    return found.exclude(pk__in=away).select_related("organization").order_by("chosen_name", "pk")


def can_see_request(user: Any, request: Request) -> bool:
    """Whether they asked, or the request was passed on to them."""
    if not user.is_authenticated:
        return False
    return request.by_id == user.pk or _reaches(request, user)


def requests_visible_to(user: Any) -> RequestQuerySet:
    """The requests that the member made, and those that were passed on to them."""
    if not user.is_authenticated:
        return Request.objects.none()
    return Request.objects.filter(Q(by=user) | Q(to=user, passed_on_at__isnull=False))


def can_read_words(user: Any, request: Request) -> bool:
    """Whether they may read what was written with a request that they may see: who asked always, who is asked while it is
    open, and once it was accepted while the two are a pair.

    However the pair ends takes the words from who was asked: if stopping contact alone did, that would tell of it.
    """
    if not can_see_request(user, request):
        return False
    if request.by_id == user.pk or request.state == RequestState.OPEN:
        return True
    return request.state == RequestState.ACCEPTED and is_buddy_of(user, request.by_id)


def words_readable_by(user: Any) -> Q:
    """The same as a condition on the rows of `requests_visible_to`."""
    mine = Place.objects.open().filter(member=user).values("pair")
    beside = Place.objects.open().filter(
        pair__in=mine, member=OuterRef("by"), member__is_active=True
    )
    return Q(by=user) | Q(state=RequestState.OPEN) | Q(Exists(beside), state=RequestState.ACCEPTED)


def can_answer_request(user: Any, request: Request) -> bool:
    """Whether the request waits for this member's answer."""
    return _reaches(request, user) and request.state == RequestState.OPEN


def requests_answerable_by(user: Any) -> RequestQuerySet:
    """The requests that wait for this member's answer."""
    if not user.is_authenticated:
        return Request.objects.none()
    return Request.objects.open().reaching(user)


def can_see_agreement(user: Any, agreement: Agreement) -> bool:
    """Whether the member may read the text: it was written while they had a place in the pair, or before."""
    place = _place_of(user, agreement.pair)
    if place is None or not can_see_pair(user, agreement.pair):
        return False
    return place.left_at is None or agreement.written_at <= place.left_at


def agreements_visible_to(user: Any) -> AgreementQuerySet:
    """The texts of the member's pairs, those that were written after they left excepted."""
    if not user.is_authenticated:
        return Agreement.objects.none()
    mine = Place.objects.readable().filter(member=user, pair=OuterRef("pair"))
    in_time = Q(left_at__isnull=True) | Q(left_at__gte=OuterRef("written_at"))
    return Agreement.objects.filter(Exists(mine.filter(in_time)))


def can_confirm_agreement(user: Any, agreement: Agreement) -> bool:
    """Whether the text waits for this member's confirmation."""
    if not agreement.is_open or not can_write_in_pair(user, agreement.pair):
        return False
    return user.pk not in agreement.confirmed_by()


def agreements_confirmable_by(user: Any) -> AgreementQuerySet:
    """The text that waits for this member's confirmation: at most one."""
    if not user.is_authenticated:
        return Agreement.objects.none()
    here = {"pair__places__member": user, "pair__places__left_at__isnull": True}
    mine = FilteredRelation("confirmations", condition=Q(confirmations__member=user))
    waiting = Agreement.objects.proposed().filter(pair__ended_at__isnull=True, **here)
    return waiting.annotate(mine=mine).filter(mine__isnull=True)


def _reaches(request: Request, user: Any) -> bool:
    return bool(
        user.is_authenticated and request.to_id == user.pk and request.passed_on_at is not None
    )


def _place_of(user: Any, pair: Pair) -> Place | None:
    if not user.is_authenticated:
        return None
    if pair.places_read is not None:
        return next((place for place in pair.places_read if place.member_id == user.pk), None)
    return Place.objects.filter(pair=pair, member=user).first()
