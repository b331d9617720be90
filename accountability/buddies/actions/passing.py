"""What the worker does with a request by address: look the address up, and tell its member where there is one to tell.

It is done here and not while the asker waits, so that asking takes the same work whoever the address belongs to.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accountability.buddies import notifications
from accountability.buddies.actions.holding import hold_members
from accountability.buddies.models import Place, Request
from accounts.models import User
from care.permissions import is_stopped_between
from core.crypto.alerts import could_not_open
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.tasks import still_mine, still_wanted, worker_task


@worker_task()
def pass_on(request_id: UUID) -> None:
    """Pass the request on, unless that was done. One that cannot be lapses like one that nobody answers."""
    for request in Request.objects.to_pass_on().filter(pk=request_id).select_related("by"):
        _pass_on(request, _member_named(request), timezone.now())


def ask_again() -> int:
    """Put in the tasks of requests that still wait and have none, as after a restore; returns how many."""
    waiting = Request.objects.to_pass_on().values_list("pk", flat=True)
    return sum(still_wanted(pass_on, pk) for pk in waiting)


@transaction.atomic
def _pass_on(request: Request, member: User | None, now: datetime) -> None:
    still_mine()
    hold_members([request.by] if member is None else [request.by, member])
    mine = Request.objects.to_pass_on().filter(pk=request.pk).update(passed_on_at=now)
    if not mine or member is None or not _can_be_reached(request.by_id, member):
        return
    Request.objects.filter(pk=request.pk).update(to=member)
    request.to = member
    notifications.request_came(request)


def _member_named(request: Request) -> User | None:
    """Whoever has the address, their account being open. An address that cannot be opened belongs to nobody."""
    try:
        address = str(request.whom)
    except (CannotOpen, KeyMissing):
        could_not_open(request)
        return None
    return User.objects.filter(email=address, is_active=True).first()


def _can_be_reached(asker: UUID, member: Any) -> bool:
    """Not themselves, not somebody with a buddy, nobody with whom contact is stopped."""
    if asker == member.pk or Place.objects.open().filter(member=member).exists():
        return False
    return not is_stopped_between(asker, member.pk)
