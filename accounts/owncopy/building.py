"""The worker’s part: makes the copies that wait, one at a time, each sealed while it is written.

A worker says every half minute that it is still at it. One that died is followed by another after ten minutes, up to three in
all; each writes a draft of its own, and the row knows only the last one’s, so that there is never a second file.
"""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.utils import InterfaceError, OperationalError
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
from core.models import OwnerKind

log = logging.getLogger("lodestar.worker")

LABEL = "accounts.owncopy"
STUCK_AFTER = timedelta(minutes=10)
MOST_ATTEMPTS = 3
SAID_EVERY = 30  # seconds


class NotWanted(Exception):
    """The copy is not this worker’s to finish: its member has left, threw it away, or another has taken it."""


def make_waiting(*, now: datetime) -> int:
    """Make the copy that waits longest; returns how many were made: a round makes one, so that others’ work goes on."""
    copy = _claimed(now)
    return _make(copy) if copy is not None else 0


def whose(copy: OwnCopy) -> Owner:
    """Under whose key it is sealed."""
    return Owner(OwnerKind.MEMBER, copy.member_id)


def _claimed(now: datetime) -> OwnCopy | None:
    waiting = OwnCopy.objects.to_make(stuck_since=now - STUCK_AFTER).first()
    if waiting is None:
        return None
    as_seen = OwnCopy.objects.filter(pk=waiting.pk, state=waiting.state, claim=waiting.claim)
    if waiting.attempts >= MOST_ATTEMPTS:  # it took as many workers down
        as_seen.update(state=CopyState.FAILED)
        waiting.draft.unlink(missing_ok=True)
        return None
    mine = as_seen.update(
        state=CopyState.MAKING, claim=uuid4(), taken_at=now, attempts=F("attempts") + 1
    )
    if not mine:
        return None
    waiting.draft.unlink(missing_ok=True)  # what a worker that died had written
    return OwnCopy.objects.select_related("member").filter(pk=waiting.pk).first()


def _make(copy: OwnCopy) -> int:
    """Make it, or say why not. What goes wrong is logged by its kind alone: a message may hold words."""
    try:
        if not can_have_own_copy(copy.member):
            raise NotWanted
        _write(copy)
        _finish(copy)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits for it, and this one is taken again
    except NotWanted:
        _leave(copy)
        return 0
    except Exception as problem:  # one copy that cannot be made must not stop the worker
        log.error("A member’s own copy could not be made: %s.", type(problem).__name__)
        copy.draft.unlink(missing_ok=True)
        _mine(copy).update(state=CopyState.FAILED, trouble=_trouble(problem))
        return 0
    return 1


def _write(copy: OwnCopy) -> None:
    """The sealed draft. Nothing that is not sealed is ever on the disk."""
    copy.draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(copy.draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as out, _as_its_member(copy):
        content = zipped(copy.member)
        said = time.monotonic()
        for piece in files.sealed(content, label=LABEL, row=copy.pk, owner=whose(copy)):
            out.write(piece)
            if time.monotonic() - said > SAID_EVERY:
                _say(copy)
                said = time.monotonic()
        out.flush()
        os.fsync(out.fileno())
    copy.size = copy.draft.stat().st_size


def _say(copy: OwnCopy) -> None:
    """That this worker is still at it. Raises NotWanted."""
    if not _mine(copy).update(taken_at=timezone.now()):
        raise NotWanted


@transaction.atomic
def _finish(copy: OwnCopy) -> None:
    """Row and file become ready together: a crash before the commit leaves a row that is made anew, into the same file."""
    now = timezone.now()
    if not _mine(copy).update(state=CopyState.READY, ready_at=now, size=copy.size):
        raise NotWanted
    copy.draft.replace(copy.file)
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
