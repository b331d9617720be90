"""Asking for a copy, throwing one away, and what goes by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import OwnCopy
from accounts.owncopy.building import make
from accounts.permissions import can_have_own_copy
from core import audit
from core.handed import Handed, all_handed
from core.tasks import enqueue_once

HANDED_OUT_FOR = timedelta(hours=24)
#: Looked at each hour, so that no file is a day old.
KEPT_FOR = timedelta(hours=22)


def current_copy(member: Any, now: datetime | None = None) -> OwnCopy | None:
    """The member’s copy, however far it is; none once its day is over, even where nothing took it away yet."""
    over = OwnCopy.objects.over(since=(now or timezone.now()) - HANDED_OUT_FOR)
    return OwnCopy.objects.filter(member=member).exclude(pk__in=over.values("pk")).first()


@transaction.atomic
def ask_for_copy(*, by: Any) -> OwnCopy:
    """Ask for a copy of everything. Whoever asks again meanwhile gets the same; a failed or an old one is made anew.

    Raises PermissionDenied for an account that is closed, but for a suspension, or being erased.
    """
    if not can_have_own_copy(by):
        raise PermissionDenied
    found = current_copy(by)
    if found is not None and (found.is_under_way or (found.is_ready and found.file.is_file())):
        return found
    for old in OwnCopy.objects.select_for_update().filter(member=by):
        take_away(old)
    made, new = OwnCopy.objects.get_or_create(member=by)
    if new:
        enqueue_once(make, made.pk)
        audit.record("own_copy.asked", by=by, subject=by)
    return made


@transaction.atomic
def discard_copy(*, by: Any) -> bool:
    """Throw one’s own copy away, made or not; says whether there was one."""
    rows = list(OwnCopy.objects.select_for_update().filter(member=by))
    for copy in rows:
        take_away(copy)
    return bool(rows)


def take_away(copy: OwnCopy) -> None:
    """Delete the file, then the row: a crash in between leaves a row without a file, which goes after a day."""
    copy.file.unlink(missing_ok=True)
    copy.draft.unlink(missing_ok=True)
    copy.delete()


def prune_copies(now: datetime | None = None) -> int:
    """Take away what is almost a day old, and files that no row names; returns how many rows went."""
    old = list(OwnCopy.objects.over(since=(now or timezone.now()) - KEPT_FOR))
    for copy in old:
        take_away(copy)
    files = _files()  # before the rows: what a worker begins meanwhile is not among them
    known = {name for copy in OwnCopy.objects.all() for name in (copy.file.name, copy.draft.name)}
    for file in files:
        if file.name not in known:
            file.unlink(missing_ok=True)
    return len(old)


def forget_copies_of(member_id: UUID) -> None:
    """What erasing a member does here. May be run again."""
    for copy in OwnCopy.objects.filter(member=member_id):
        take_away(copy)


def _files() -> list[Handed]:
    return list(all_handed(Path(settings.COPIES), ".sealed", ".part"))
