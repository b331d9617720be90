"""Asking for a PDF, making those that wait, taking away old ones.

A request only writes a row; the worker makes the file (`make`, a task). Files are readable by the site's own account
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
from django.utils import timezone

from core.handed import Handed, all_handed, hand_over
from core.tasks import enqueue_once, still_mine, still_wanted, worker_task
from curriculum.models import Printout
from curriculum.paper import pdf
from curriculum.paper.contents import NotForThem, html_of

log = logging.getLogger("lodestar.worker")

KEPT_FOR = timedelta(hours=22)  # looked at each hour, so that no file is a day old
HANDED_OUT_FOR = timedelta(hours=24)
State = Printout.State
UNDER_WAY = (State.ASKED, State.MAKING)


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
    enqueue_once(make, made.pk)
    return made


def take_away(printout: Printout) -> None:
    """Delete the file, then the row."""
    printout.file.unlink(missing_ok=True)
    printout.delete()


def _could_not_be_made(printout_id: UUID) -> None:
    log.error("A PDF could not be made.")
    Printout.objects.filter(pk=printout_id, state__in=UNDER_WAY).update(state=State.FAILED)


@worker_task(gave_up=_could_not_be_made)
def make(printout_id: UUID) -> None:
    """Make the PDF, if somebody still waits for it."""
    rows = Printout.objects.filter(pk=printout_id, state__in=UNDER_WAY)
    rows.update(state=State.MAKING)
    printout = rows.first()
    if printout is None:
        return
    try:
        content = pdf.render(html_of(printout))
    except NotForThem:  # any more, and no second try changes that
        _could_not_be_made(printout_id)
        return
    with transaction.atomic():
        still_mine()
        if rows.update(state=State.MADE):  # else its owner has left meanwhile
            _write(printout, content)


def ask_again() -> int:
    """Put in the tasks of PDFs that still wait and have none, as after a restore; returns how many."""
    waiting = Printout.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True)
    return sum(still_wanted(make, pk) for pk in waiting)


def _write(printout: Printout, content: bytes) -> None:
    draft = Path(settings.PAPERS) / f"{printout.pk}.part"
    draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
    hand_over(draft, printout.file)


def prune_printouts(now: datetime | None = None) -> int:
    """Take away PDFs that were asked for almost a day ago, and files that no row names; returns how many rows went."""
    old = list(Printout.objects.filter(asked_at__lt=(now or timezone.now()) - KEPT_FOR))
    for printout in old:
        take_away(printout)
    # Before the rows: what is begun meanwhile is not among them.
    files = list(all_handed(Path(settings.PAPERS), ".pdf", ".part"))
    known = set(Printout.objects.values_list("pk", flat=True))
    for file in files:
        if _id_of(file) not in known:
            file.unlink(missing_ok=True)
    return len(old)


def _id_of(file: Handed) -> UUID | None:
    try:
        return UUID(file.name.partition(".")[0])
    except ValueError:
        return None
