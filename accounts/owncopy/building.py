"""The worker’s part: makes a copy, sealed while it is written.

A worker that died is followed by another. Each writes a draft of its own, and the row knows only the last one’s, so that there
is never a second file.
"""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from accounts import notifications
from accounts.choices import CopyState, CopyTrouble
from accounts.models import OwnCopy
from accounts.owncopy.writing import zipped
from accounts.permissions import can_have_own_copy, suspended_members
from accounts.querysets import OwnCopyQuerySet
from core.clock import zone_named
from core.crypto import files
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.crypto.owners import KeyDestroyed, Owner
from core.handed import hand_over
from core.models import OwnerKind
from core.tasks import still_mine, still_wanted, worker_task

log = logging.getLogger("lodestar.worker")

LABEL = "accounts.owncopy"
ASKED_EVERY = 30  # seconds


class NotWanted(Exception):
    """The copy is not this worker’s to finish: its member has left, threw it away, or another has taken it."""


def _could_not_be_made(copy_id: UUID) -> None:
    for copy in OwnCopy.objects.under_way().filter(pk=copy_id):
        copy.draft.unlink(missing_ok=True)
        OwnCopy.objects.under_way().filter(pk=copy_id).update(state=CopyState.FAILED)


@worker_task(gave_up=_could_not_be_made)
def make(copy_id: UUID) -> None:
    """Make the copy, or say why not. What is known not to pass by itself is not tried again."""
    copy = _begun(copy_id)
    if copy is None:
        return
    try:
        if not can_have_own_copy(copy.member):
            raise NotWanted
        _write(copy)
        _finish(copy)
    except NotWanted:
        _leave(copy)
    except Exception as problem:  # an error of the database, of a program: the task is tried again
        copy.draft.unlink(missing_ok=True)
        trouble = _trouble(problem)
        if trouble is CopyTrouble.NONE:
            raise
        log.error("A member’s own copy could not be made: %s.", type(problem).__name__)
        _mine(copy).update(state=CopyState.FAILED, trouble=trouble)


def ask_again() -> int:
    """Put in the tasks of copies that still wait and have none, as after a restore; returns how many."""
    waiting = OwnCopy.objects.under_way().values_list("pk", flat=True)
    return sum(still_wanted(make, pk) for pk in waiting)


def whose(copy: OwnCopy) -> Owner:
    """Under whose key it is sealed."""
    return Owner(OwnerKind.MEMBER, copy.member_id)


@transaction.atomic
def _begun(copy_id: UUID) -> OwnCopy | None:
    """The copy, with a draft of this worker's own; None when nobody waits for it any more."""
    still_mine()
    rows = OwnCopy.objects.under_way().filter(pk=copy_id)
    before = rows.select_for_update().first()
    if before is None:
        return None
    before.draft.unlink(missing_ok=True)  # what a worker that died had written
    rows.update(state=CopyState.MAKING, claim=uuid4())
    return rows.select_related("member").get()


def _write(copy: OwnCopy) -> None:
    """The sealed draft. Nothing that is not sealed is ever on the disk."""
    copy.draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(copy.draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as out, _as_its_member(copy):
        content = zipped(copy.member)
        asked = time.monotonic()
        for piece in files.sealed(content, label=LABEL, row=copy.pk, owner=whose(copy)):
            out.write(piece)
            if time.monotonic() - asked > ASKED_EVERY:
                _ask(copy)
                asked = time.monotonic()
        out.flush()
        os.fsync(out.fileno())
    copy.size = copy.draft.stat().st_size


def _ask(copy: OwnCopy) -> None:
    """Whether it is still wanted of this worker. Raises NotWanted."""
    if not _mine(copy).exists():
        raise NotWanted


@transaction.atomic
def _finish(copy: OwnCopy) -> None:
    """Row and file become ready together: a crash before the commit leaves a row that is made anew, into the same file."""
    still_mine()
    now = timezone.now()
    if not _mine(copy).update(state=CopyState.READY, ready_at=now, size=copy.size):
        raise NotWanted
    hand_over(copy.draft, copy.file)
    transaction.on_commit(lambda: notifications.own_copy_ready(copy))


def _mine(copy: OwnCopy) -> OwnCopyQuerySet:
    """The row while it is this worker’s, and its member may have a copy."""
    rows: OwnCopyQuerySet = OwnCopy.objects.filter(pk=copy.pk, claim=copy.claim)
    may_have = Q(member__is_active=True) | Q(member__in=suspended_members())
    return rows.filter(may_have, state=CopyState.MAKING)


def _leave(copy: OwnCopy) -> None:
    """Its member leaves: nothing of it stays. What another worker has taken is that one’s."""
    copy.draft.unlink(missing_ok=True)
    OwnCopy.objects.filter(pk=copy.pk, claim=copy.claim, state=CopyState.MAKING).delete()


def _trouble(problem: Exception) -> CopyTrouble:
    if isinstance(problem, KeyMissing | KeyDestroyed | CannotOpen):
        return CopyTrouble.KEYS
    if isinstance(problem, OSError) and problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CopyTrouble.SPACE
    return CopyTrouble.NONE


@contextmanager
def _as_its_member(copy: OwnCopy) -> Iterator[None]:
    """In the member’s language, on their clock."""
    language = copy.member.language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone_named(copy.member.time_zone)):
        yield
