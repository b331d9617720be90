"""Verbs of reporting lines: the backbone brings them in from a file, whom one names says that it is wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import notifications
from accounts.choices import RoleKind
from accounts.models import Initiative, ReportingLine
from accounts.permissions import holds
from core import audit
from core.access import require

Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Change:
    """How many lines an import brought, took away, and found as they were."""

    new: int
    gone: int
    same: int

    @property
    def is_nothing(self) -> bool:
        """Whether everything stood there already."""
        return not (self.new or self.gone)


def lines_visible_to(user: Any) -> QuerySet[ReportingLine]:
    """The lines that name the member; for the backbone team all of them."""
    if not user.is_authenticated:
        return ReportingLine.objects.none()
    if holds(user, RoleKind.BACKBONE):
        return ReportingLine.objects.all()
    return lines_about(user)


def can_see_line(user: Any, line: ReportingLine) -> bool:
    """Whether the person may know of this line."""
    if not user.is_authenticated:
        return False
    return user.pk in (line.member_id, line.boss_id) or holds(user, RoleKind.BACKBONE)


def lines_about(user: Any) -> QuerySet[ReportingLine]:
    """The lines that name this member, on either side."""
    return ReportingLine.objects.filter(Q(member=user.pk) | Q(boss=user.pk))


def can_dispute_line(user: Any, line: ReportingLine) -> bool:
    """Whether it is about the person, who may say that it is wrong. As a filter: `lines_about`."""
    return bool(user.is_authenticated and user.pk in (line.member_id, line.boss_id))


@transaction.atomic
def replace_lines(*, pairs: Collection[Pair], keep: bool = False, by: Any | None) -> Change:
    """Make these the lines; with `keep` they are added to those that stand. What stays keeps whether it is disputed."""
    require(by is None or holds(by, RoleKind.BACKBONE))
    rows = {
        (row.member_id, row.boss_id): row.pk
        for row in ReportingLine.objects.select_for_update().order_by("pk")
    }
    gone = [] if keep else [pk for pair, pk in rows.items() if pair not in pairs]
    new = [
        ReportingLine(member_id=one, boss_id=other)
        for one, other in pairs
        if (one, other) not in rows
    ]
    ReportingLine.objects.filter(pk__in=gone).delete()
    ReportingLine.objects.bulk_create(new)
    change = Change(new=len(new), gone=len(gone), same=len(rows) - len(gone))
    if not change.is_nothing:
        audit.record("reporting_lines.imported", by=by, subject=Initiative.load())
    return change


@transaction.atomic
def dispute_line(*, line: ReportingLine, by: Any) -> None:
    """Say that it is wrong; the backbone team is told once. It counts until they have put it right."""
    require(can_dispute_line(by, line))
    pressed = ReportingLine.objects.filter(pk=line.pk, disputed_at__isnull=True)
    if pressed.update(disputed_at=timezone.now()):
        notifications.line_disputed(line)


@transaction.atomic
def take_dispute_back(*, line: ReportingLine, by: Any) -> None:
    """Say that it is right after all."""
    require(can_dispute_line(by, line))
    ReportingLine.objects.filter(pk=line.pk).update(disputed_at=None)


@transaction.atomic
def remove_line(*, line: ReportingLine, by: Any) -> None:
    """Take a wrong line out: the backbone team. The next import brings it back where its file still holds it."""
    require(holds(by, RoleKind.BACKBONE))
    if ReportingLine.objects.filter(pk=line.pk).delete()[0]:
        audit.record("reporting_line.removed", by=by, subject=line)
