"""Asking for a PDF, making those that wait, taking away old ones.

A request only writes a row; the worker makes the file (door `every_round`). Files are readable by the site's own account
alone and lie outside of what is served.
"""

from __future__ import annotations

import logging
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from curriculum.models import Printout
from curriculum.paper import pdf
from curriculum.paper.contents import html_of

log = logging.getLogger("lodestar.worker")

KEPT_FOR = timedelta(hours=22)  # looked at each hour, so that no file is a day old
HANDED_OUT_FOR = timedelta(hours=24)
STUCK_AFTER = timedelta(minutes=10)  # its worker has died
MOST_A_ROUND = 5
State = Printout.State


@transaction.atomic
def ask_for(*, kind: Printout.Kind, key: str, by: Any, wishes: dict[str, Any]) -> Printout:
    """Ask for a PDF. Whoever asks for the same meanwhile gets the same; a failed one and an old one are made anew.

    `by` owns a plan or a record, and a record that is asked for again takes the place of the one before.
    """
    owner = by if kind is not Printout.Kind.MODULE else None
    found = Printout.objects.filter(key=key).first()
    if found is not None:
        if found.wishes == wishes and (found.is_under_way or found.is_made):
            return found
        take_away(found)
    made, _new = Printout.objects.get_or_create(
        key=key, defaults={"kind": kind, "owner": owner, "wishes": wishes}
    )
    return made


def take_away(printout: Printout) -> None:
    """Delete the file, then the row."""
    printout.file.unlink(missing_ok=True)
    printout.delete()


def make_waiting(*, now: datetime) -> int:
    """Make the PDFs that wait, the oldest first; returns how many. Each is taken by one worker alone."""
    for made in range(MOST_A_ROUND):
        printout = _claim(now)
        if printout is None:
            return made
        _make(printout)
    return MOST_A_ROUND


def _claim(now: datetime) -> Printout | None:
    stuck = Q(state=State.MAKING, taken_at__lt=now - STUCK_AFTER)
    waiting = Printout.objects.filter(Q(state=State.ASKED) | stuck).order_by("asked_at").first()
    if waiting is None:
        return None
    if waiting.state == State.MAKING:  # it took a worker down; it is not tried again by itself
        Printout.objects.filter(pk=waiting.pk).update(state=State.FAILED)
        return None
    same = Printout.objects.filter(pk=waiting.pk, state=State.ASKED)
    return waiting if same.update(state=State.MAKING, taken_at=now) else None


def _make(printout: Printout) -> None:
    """Write the file and say so. What goes wrong is logged by its kind alone: a message may hold a name."""
    try:
        _write(printout.file, pdf.render(html_of(printout)))
    except Exception as problem:  # one PDF that cannot be made must not stop the worker
        log.error("A PDF could not be made: %s, %s.", printout.kind, type(problem).__name__)
        Printout.objects.filter(pk=printout.pk).update(state=State.FAILED)
        return
    if not Printout.objects.filter(pk=printout.pk).update(state=State.MADE):
        printout.file.unlink(missing_ok=True)  # its owner has left meanwhile


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    draft.replace(file)


def prune_printouts(now: datetime | None = None) -> int:
    """Take away PDFs that were asked for almost a day ago, and files that no row names; returns how many rows went."""
    old = list(Printout.objects.filter(asked_at__lt=(now or timezone.now()) - KEPT_FOR))
    for printout in old:
        take_away(printout)
    # Before the rows: what is begun meanwhile is not among them.
    files = list(Path(settings.PAPERS).glob("*.p*"))
    known = set(Printout.objects.values_list("pk", flat=True))
    for file in files:
        if _id_of(file) not in known:
            file.unlink(missing_ok=True)
    return len(old)


def _id_of(file: Path) -> UUID | None:
    try:
        return UUID(file.stem)
    except ValueError:
        return None
