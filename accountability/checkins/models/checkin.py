"""When a pair checks in: its plan, each check-in, and what somebody does at one without writing."""

from __future__ import annotations

import uuid
from datetime import UTC
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.buddies.choices import Rhythm
from accountability.checkins.choices import SignKind
from accountability.checkins.querysets import CheckInQuerySet
from accountability.checkins.rhythm import Beat
from core.privacy import Audience, Field, seen_by

_OURS = _("when you two check in is between the two of you")


class Plan(models.Model):
    """The rhythm of a pair's check-ins, as their agreement has it. One for each pair, changed with the agreement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.OneToOneField(
        "buddies.Pair",
        verbose_name=_("pair"),
        on_delete=models.CASCADE,
        related_name="check_in_plan",
    )
    rhythm = models.CharField(_("how often"), max_length=12, choices=Rhythm.choices)
    weekday = models.PositiveSmallIntegerField(_("on which day of the week"))
    at = models.TimeField(_("at what time"))
    time_zone = models.CharField(_("in which time zone"), max_length=64)

    class Privacy:
        """The pair alone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PAIR, why=_OURS)
            for name in ("id", "pair", "rhythm", "weekday", "at", "time_zone")
        }

    class Meta:
        verbose_name = _("rhythm of your check-ins")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="plan_on_a_day_of_the_week"),
            models.CheckConstraint(
                condition=Q(rhythm__in=Rhythm.values), name="plan_in_a_known_rhythm"
            ),
        ]

    def __str__(self) -> str:
        return "plan"

    @property
    def beat(self) -> Beat:
        """The same as a value to reckon with."""
        return Beat(self.rhythm, self.weekday, self.at, self.time_zone)


class CheckIn(models.Model):
    """One check-in of a pair. `due_at` is its moment, `planned_on` the day that the rhythm gave it, which moving leaves alone.

    It is settled when all are in, or at its moment; from then on what was handed in stands open to all of the pair, if
    anything was (`revealed_at`), and the next one is made. `told_at`: those who had not handed in were told that it is near;
    `looked_at`: somebody looked whether one is to be asked how it is going. Of those that are not settled a pair has one at
    most, so whatever else the table holds, a page finds it by the constraint's own index.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(
        "buddies.Pair",
        verbose_name=_("pair"),
        on_delete=models.CASCADE,
        related_name="check_ins",
        db_index=False,  # the index of `check_in_numbers` begins with it
    )
    number = models.PositiveIntegerField(_("which one"))
    planned_on = models.DateField(_("for which day it was planned"))
    due_at = models.DateTimeField(_("when"))
    moved = models.BooleanField(_("whether its date was moved"), default=False)
    made_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    revealed_at = models.DateTimeField(_("when you saw what the others wrote"), null=True)
    looked_at = models.DateTimeField(null=True)

    objects = CheckInQuerySet.as_manager()

    class Privacy:
        """The pair alone. Of all of it a number of pairs leaves the room (`counting`), and that by the rules of suppression."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.PAIR, why=_OURS)
                for name in ("id", "pair", "number", "planned_on", "due_at", "moved", "revealed_at")
            },
            **{
                name: seen_by(Audience.NOBODY, why=_("so that the worker does everything once"))
                for name in ("made_at", "told_at", "settled_at", "looked_at")
            },
        }

    class Meta:
        verbose_name = _("check-in")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["pair", "number"], name="check_in_numbers"),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(settled_at__isnull=True),
                name="one_coming_check_in_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(revealed_at__isnull=True) | Q(settled_at__isnull=False),
                name="check_in_revealed_when_settled",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # What the worker looks for, and no more: a hundred thousand past ones stand in none of the first three.
            models.Index(
                fields=["due_at"], condition=Q(settled_at__isnull=True), name="check_in_coming"
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(settled_at__isnull=True, told_at__isnull=True),
                name="check_in_to_tell",
            ),
            models.Index(
                fields=["settled_at"],
                condition=Q(settled_at__isnull=False, looked_at__isnull=True),
                name="check_in_to_look_at",
            ),
            models.Index(
                fields=["revealed_at"],
                condition=Q(revealed_at__isnull=False),
                name="check_in_revealed",
            ),
        ]

    def __str__(self) -> str:
        return "check-in"

    @property
    def seen_as(self) -> int:
        """The date as a form carries it, to know whether it was moved meanwhile."""
        return int(self.due_at.astimezone(UTC).timestamp())


class Sign(models.Model):
    """What somebody did at a check-in without writing: skipped it, or moved its date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_in = models.ForeignKey(
        CheckIn,
        verbose_name=_("check-in"),
        on_delete=models.CASCADE,
        related_name="signs",
        db_index=False,  # the index of `sign_once` begins with it
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="check_in_signs",
    )
    kind = models.CharField(_("what it is"), max_length=8, choices=SignKind.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Privacy:
        """The member alone: the others are told that a date was moved, and not by whom."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.AUTHOR, why=_("you need not say why you skip one"))
            for name in ("id", "check_in", "member", "kind", "at")
        }

    class Meta:
        verbose_name = _("check-in that you skipped or moved")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["check_in", "member", "kind"], name="sign_once"),
            models.CheckConstraint(
                condition=Q(kind__in=SignKind.values), name="sign_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return "sign"
