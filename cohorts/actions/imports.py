"""A file of people for a cohort: taken in, read, carried out. Small ones are read at once, the others by the worker.

The rows of a batch and the mails of their invitations are written in one transaction, so that of a worker which is killed
nothing is half done and nobody gets two mails.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone

from cohorts.actions.bringing import bring_in
from cohorts.actions.over import CohortIsOver, held_open
from cohorts.arrivals import Judged, Known, judged, known_of
from cohorts.choices import Became, FileProblem, ImportState, Reason
from cohorts.member_file import FileRow, Unusable, lines_of, rows_in, text_in
from cohorts.models import Cohort, ImportRow, MemberImport
from cohorts.permissions import can_invite, can_see_import
from core import audit
from core.access import require
from core.tasks import enqueue_once, still_mine, still_wanted, worker_task

log = logging.getLogger("lodestar.worker")

READ_AT_ONCE = 500  # rows; what is longer is read by the worker
BATCH = 50  # rows that are carried out in one transaction
KEPT_FOR = timedelta(hours=22)  # looked at each hour, so that no row is a day old
WRITTEN_AT_ONCE = 500


@transaction.atomic
def take_in(*, cohort: Cohort, data: bytes, by: Any | None) -> MemberImport:
    """Take a file in: read at once when it is short, else left to the worker. Nobody is invited yet.

    `by` None is a command on the server, which has all of it read at once. Raises Unusable, and CohortIsOver.
    """
    require(by is None or can_invite(by))
    held_open(cohort)
    text = text_in(data)
    taken = MemberImport(cohort=cohort, uploaded_by=by)
    if by is not None and lines_of(text) > READ_AT_ONCE:
        next(
            rows_in(text), None
        )  # the first rows are read here, so that a wrong head is told at once
        taken.data = data
        taken.save()
        enqueue_once(read, taken.pk)
    else:
        taken.state = ImportState.READY
        taken.save()
        _write(taken, judged(rows_in(text), cohort, by))
    audit.record("member_import.taken_in", by=by, subject=taken)
    return taken


@transaction.atomic
def start_import(*, member_import: MemberImport, by: Any | None) -> bool:
    """Have it carried out by the worker; False when it is under way or over already."""
    require(by is None or can_see_import(by, member_import))
    rows = MemberImport.objects.filter(pk=member_import.pk, state=ImportState.READY)
    if not rows.update(state=ImportState.RUNNING):
        return False
    enqueue_once(carry_out_started, member_import.pk)
    audit.record("member_import.started", by=by, subject=member_import)
    return True


@transaction.atomic
def discard_import(*, member_import: MemberImport, by: Any) -> bool:
    """Throw it away, rows and all; False when it is being carried out now."""
    require(can_see_import(by, member_import))
    rows = MemberImport.objects.exclude(state=ImportState.RUNNING).filter(pk=member_import.pk)
    return bool(rows.delete()[0])


def _could_not_be_read(import_id: UUID) -> None:
    _refuse(_reading(import_id), FileProblem.FAILED)


@worker_task(gave_up=_could_not_be_read)
def read(import_id: UUID) -> None:
    """Read the file and write its rows, unless that was done."""
    mine = _reading(import_id)
    one = mine.select_related("cohort", "uploaded_by").first()
    if one is None:
        return
    try:
        found = list(judged(rows_in(text_in(bytes(one.data))), one.cohort, one.uploaded_by))
    except Unusable as problem:
        _refuse(mine, problem.problem, problem.row)
        return
    with transaction.atomic():
        still_mine()
        if mine.update(state=ImportState.READY, data=b""):
            _write(one, found)


def _could_not_be_carried_out(import_id: UUID) -> None:
    _over(MemberImport.objects.to_carry_out().filter(pk=import_id), ImportState.STOPPED)


@worker_task(gave_up=_could_not_be_carried_out)
def carry_out_started(import_id: UUID) -> None:
    """Carry out what is left of the file."""
    rows = MemberImport.objects.to_carry_out().filter(pk=import_id)
    for one in rows.select_related("cohort", "uploaded_by"):
        carry_out(one)


def carry_out(member_import: MemberImport) -> int:
    """Carry out rows until all are done; returns how many were."""
    done = 0
    while (some := _carry_out_some(member_import)) is not None:
        done += some
    return done


def ask_again() -> int:
    """Put in the tasks of files that still wait and have none, as after a restore; returns how many."""
    reading = MemberImport.objects.filter(state=ImportState.READING).values_list("pk", flat=True)
    running = MemberImport.objects.to_carry_out().values_list("pk", flat=True)
    asked = [still_wanted(read, pk) for pk in reading]
    return sum(asked) + sum([still_wanted(carry_out_started, pk) for pk in running])


def prune_imports(now: datetime | None = None) -> int:
    """Delete the files that were uploaded almost a day ago, with their rows; returns how many files went."""
    old = MemberImport.objects.filter(uploaded_at__lt=(now or timezone.now()) - KEPT_FOR)
    ids = list(old.values_list("pk", flat=True))
    ImportRow.objects.filter(member_import__in=ids).delete()
    old.filter(pk__in=ids).delete()
    return len(ids)


def _reading(import_id: UUID) -> QuerySet[MemberImport]:
    return MemberImport.objects.filter(pk=import_id, state=ImportState.READING)


def _refuse(mine: QuerySet[MemberImport], problem: FileProblem, row: int = 0) -> None:
    now = timezone.now()
    mine.update(state=ImportState.REFUSED, problem=problem, problem_row=row, data=b"", finished_at=now)  # fmt: skip


def _write(taken: MemberImport, found: Iterable[Judged]) -> None:
    rows = (
        ImportRow(
            member_import=taken,
            number=one.row.number,
            email=one.row.email,
            as_facilitator=one.row.as_facilitator,
            verdict=one.verdict,
            reason=one.reason,
        )
        for one in found
    )
    while some := list(islice(rows, WRITTEN_AT_ONCE)):
        ImportRow.objects.bulk_create(some)


def _carry_out_some(one: MemberImport) -> int | None:
    """One batch, whole or not at all; None when there is nothing left to do with this file."""
    mine = MemberImport.objects.filter(pk=one.pk, state=ImportState.RUNNING)
    with transaction.atomic():
        still_mine()
        if not mine.exists():
            return None
        if not _may_go_on(one):
            _over(mine, ImportState.STOPPED)
            return None
        rows = list(_taken(one.rows.to_do())[:BATCH])
        known = known_of({row.email for row in rows}, one.cohort)
        for row in rows:
            _carry_out_row(one, row, known)
        ImportRow.objects.bulk_update(rows, ["became", "reason", "email"])
        if not one.rows.to_do().exists():
            _over(mine, ImportState.DONE)
            return len(rows) or None
    return len(rows) or None


def _taken(rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """Rows that this worker alone holds until its transaction ends."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows  # SQLite: one transaction writes at a time


def _may_go_on(one: MemberImport) -> bool:
    by = one.uploaded_by
    if by is not None:
        by = type(by).objects.get(pk=by.pk)  # as they stand now, whoever held this row since when
    try:
        held_open(one.cohort)
    except CohortIsOver:
        return False
    return by is None or (by.is_active and can_invite(by))


def _carry_out_row(one: MemberImport, row: ImportRow, known: Known) -> None:
    """Do what is to be done, and take the address out of the row. What goes wrong with one row stops no other."""
    wanted = FileRow(row.number, row.email, row.as_facilitator)
    try:
        with transaction.atomic():
            arrival = bring_in(
                row=wanted, cohort=one.cohort, known=known, by=one.uploaded_by, from_file=True
            )
            row.became, row.reason = arrival.became, arrival.reason
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:  # a message may hold an address
        log.error("A row of a file of people failed: %s.", type(problem).__name__)
        row.became, row.reason = Became.REFUSED, Reason.FAILED
    row.email = ""


def _over(mine: QuerySet[MemberImport], state: ImportState) -> None:
    """It is over: what addresses are left in its rows go, and the numbers and reasons stay until it is a day old."""
    ids = list(mine.values_list("pk", flat=True))
    if mine.update(state=state, finished_at=timezone.now()):
        ImportRow.objects.filter(member_import__in=ids).update(email="")
