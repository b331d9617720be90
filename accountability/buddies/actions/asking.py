"""Asking somebody one trusts, and the answers to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies import notifications
from accountability.buddies.actions.holding import hold_members
from accountability.buddies.actions.lapsing import end_request
from accountability.buddies.actions.pairs import NotPossible, form_pair
from accountability.buddies.actions.passing import pass_on
from accountability.buddies.choices import CameAbout, RequestState, Way, WhyNot
from accountability.buddies.models import Openness, Pair, Place, Request
from accountability.buddies.permissions import can_ask_member
from cohorts.models import Cohort
from core.access import require
from core.crypto import owners
from core.crypto.owners import Owner
from core.models import OwnerKind
from core.tasks import enqueue_once


class Refused(Exception):
    """Nothing was done. `why` says it in words for the person."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why


@transaction.atomic
def set_openness(*, is_open: bool, by: Any) -> None:
    """Be open to being asked in one's cohorts, or no more. Requests that came already stay."""
    if is_open:
        Openness.objects.get_or_create(member=by)
    else:
        Openness.objects.filter(member=by).delete()


@transaction.atomic
def ask_listed(*, member: Any, words: str, by: Any) -> Request:
    """Ask somebody of one's cohorts who is open to it. They get a notice. Raises Refused."""
    hold_members([by, member])
    _refuse_who_cannot_ask(by)
    if Request.objects.open().reaching(by).filter(by=member).exists():
        raise Refused(WhyNot.ASKS_YOU)
    if not can_ask_member(by, member):
        raise Refused(WhyNot.NOT_NOW)
    request = Request(by=by, to=member, way=Way.LISTED, passed_on_at=timezone.now())
    _keep(request, whom=member.get_full_name(), words=words)
    notifications.request_came(request)
    return request


@transaction.atomic
def ask_by_address(*, address: str, words: str, by: Any) -> Request:
    """Ask whoever has this address. Nobody is looked up here: the worker does that. Raises Refused, of the asker alone."""
    hold_members([by])
    _refuse_who_cannot_ask(by)
    address = address.strip().lower()
    if address == by.email:
        raise Refused(WhyNot.YOURSELF)
    request = Request(by=by, way=Way.ADDRESS)
    _keep(request, whom=address, words=words)
    enqueue_once(pass_on, request.pk)
    return request


@transaction.atomic
def withdraw_request(*, request: Request, by: Any) -> None:
    """Take one's own request back. A second press changes nothing. Raises Refused when it was answered meanwhile."""
    require(request.by_id == by.pk)
    hold_members([by])
    current = Request.objects.select_for_update().get(pk=request.pk)
    if current.state == RequestState.OPEN:
        end_request(current, RequestState.WITHDRAWN, timezone.now())
    elif current.state != RequestState.WITHDRAWN:
        raise Refused(WhyNot.CLOSED)


@transaction.atomic
def accept_request(*, request: Request, by: Any) -> Pair:
    """Say yes: the two are a pair, and whoever asked is told. Raises Refused, and then nothing has changed."""
    current = _to_answer(request, by)
    if current.state == RequestState.WITHDRAWN:
        raise Refused(WhyNot.WITHDRAWN)
    if current.state != RequestState.OPEN:
        raise Refused(WhyNot.CLOSED)
    end_request(current, RequestState.ACCEPTED, timezone.now())
    cohort = _shared_cohort(current.by, by)
    try:
        pair = form_pair(members=[current.by, by], came_about=CameAbout.ASKED, cohort=cohort)
    except NotPossible:
        raise Refused(WhyNot.NO_PAIR) from None
    notifications.request_answered(current)
    return pair


@transaction.atomic
def decline_request(*, request: Request, by: Any) -> None:
    """Say no, without a reason. Whoever asked is told kindly. Raises Refused for one that is no longer open."""
    current = _to_answer(request, by)
    if current.state == RequestState.WITHDRAWN:
        raise Refused(WhyNot.WITHDRAWN)
    if current.state == RequestState.OPEN:
        end_request(current, RequestState.DECLINED, timezone.now())
        notifications.request_answered(current)
    elif current.state != RequestState.DECLINED:
        raise Refused(WhyNot.CLOSED)


def _to_answer(request: Request, by: Any) -> Request:
    """The request as it stands now, held, for the one who may answer it. Raises Refused when it does not reach them any more."""
    require(request.to_id == by.pk)
    hold_members([request.by, by])
    rows = Request.objects.reaching(by).select_for_update(of=("self",)).select_related("by")
    current = rows.filter(pk=request.pk).first()
    if current is None:
        raise Refused(WhyNot.CLOSED)
    return current


def _refuse_who_cannot_ask(member: Any) -> None:
    if Place.objects.open().filter(member=member).exists():
        raise Refused(WhyNot.PAIRED)
    if Request.objects.open().filter(by=member).exists():
        raise Refused(WhyNot.ASKED)


def _keep(request: Request, *, whom: str, words: str) -> None:
    owners.get_ready([Owner(OwnerKind.MEMBER, request.by_id)])  # the key first, the row second
    request.whom, request.words = whom, words
    request.save(force_insert=True)


def _shared_cohort(one: Any, other: Any) -> Cohort | None:
    """The cohort of both that began last."""
    of_other = Cohort.objects.of(other).values("pk")
    return Cohort.objects.of(one).not_over().filter(pk__in=of_other).order_by("-starts_on").first()
