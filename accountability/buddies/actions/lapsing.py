"""How requests end that nobody answered: with time, because a pair has come about, or because contact was stopped."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accountability.buddies import notifications
from accountability.buddies.choices import TRANSITIONS, RequestState
from accountability.buddies.models import Request

MOST_AT_ONCE = 500


def end_request(request: Request, state: RequestState, now: datetime) -> None:
    """Give an open request the state in which it ends. Raises ValueError for one that has ended already."""
    if state not in TRANSITIONS[request.state]:
        raise ValueError(f"A request that is {request.state} does not become {state}.")
    request.state, request.ended_at = state, now
    request.save(update_fields=["state", "ended_at"])


def lapse_requests_of(members: Collection[Any], now: datetime) -> None:
    """These are a pair now: all other open requests of and to them lapse, and whoever had asked one of them is told.

    To be called inside the transaction that holds the members.
    """
    rows = Request.objects.open().touching(members).select_for_update(of=("self",))
    ids = {member.pk for member in members}
    _lapse(rows.order_by("pk"), now, untold=ids)


def end_requests_of_who_left(*, member: Any, now: datetime) -> None:
    """Their own open request is taken back; one to them reaches nobody any more, and lapses like one that nobody answered."""
    for request in Request.objects.open().filter(by=member.pk).select_for_update(of=("self",)):
        end_request(request, RequestState.WITHDRAWN, now)
    Request.objects.open().filter(to=member.pk).update(to=None)


def lapse_waited_out(now: datetime) -> int:
    """Let lapse what has waited 30 days, and tell who asked. Returns how many."""
    with transaction.atomic():
        rows = Request.objects.waited_out(now).select_for_update(of=("self",)).order_by("pk")
        return _lapse(rows[:MOST_AT_ONCE], now, untold=frozenset())


def part_requests(*, by: Any, other: Any, now: datetime) -> None:
    """Contact was stopped: the request of who stopped is taken back, that of the other reaches nobody any more.

    The other's page says what it said before: it looks as if no answer had come, and lapses like that.
    """
    for request in Request.objects.open().filter(by=by.pk, to=other.pk).select_for_update():
        end_request(request, RequestState.WITHDRAWN, now)
    Request.objects.open().filter(by=other.pk, to=by.pk).update(to=None)


def prune_requests() -> int:
    """Remove requests that ended 30 days ago; returns how many."""
    return Request.objects.past_keeping(timezone.now()).delete()[0]


def _lapse(rows: Iterable[Request], now: datetime, *, untold: Collection[Any]) -> int:
    found = list(rows)
    for request in found:
        end_request(request, RequestState.LAPSED, now)
        if request.by_id not in untold:
            notifications.request_answered(request)
    return len(found)
