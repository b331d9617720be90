"""A round of matching, and what it leaves behind: matches with their seats, and who was told that nobody was found."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.matching.choices import (
    ROUND_TRANSITIONS,
    RUNNING,
    SEAT_TRANSITIONS,
    UNDER_WAY,
    WAITS_FOR,
    RoundState,
    SeatState,
)
from accountability.matching.querysets import MatchSeatQuerySet, RoundQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_ROUND = _("who runs rounds sees how far they are")
_MATCH = _("who was proposed to whom is between the two")


class Round(models.Model):
    """One round of matching in a cohort. Its number counts from one; its seed follows from cohort and number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.CASCADE,
        related_name="matching_rounds",
    )
    number = models.PositiveIntegerField(_("number"))
    seed = models.BigIntegerField()
    state = models.CharField(
        _("state"), max_length=10, choices=RoundState.choices, default=RoundState.WAITING
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who started it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="matching_rounds_started",
    )
    started_at = models.DateTimeField(_("when it was started"), default=timezone.now)
    finished_at = models.DateTimeField(_("when it was over"), null=True, blank=True)
    way = models.CharField(_("how it was solved"), max_length=20, blank=True, default="")

    objects = RoundQuerySet.as_manager()

    class Privacy:
        """The backbone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.BACKBONE, why=_ROUND)
                for name in (
                    "id",
                    "cohort",
                    "number",
                    "state",
                    "started_by",
                    "started_at",
                    "finished_at",
                    "way",
                )
            },
            "seed": seen_by(
                Audience.NOBODY, why=_("decides between solutions that weigh the same")
            ),
        }

    class Meta:
        verbose_name = _("round of matching")
        verbose_name_plural = _("rounds of matching")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort"],
                condition=Q(state__in=RUNNING),
                name="one_running_round_per_cohort",
            ),
            models.UniqueConstraint(
                fields=["cohort", "number"], name="round_number_once_per_cohort"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="round_is_in_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_running(self) -> bool:
        """Whether it is not over."""
        return self.state in RUNNING

    def may_become(self, state: RoundState) -> bool:
        """Whether this state may follow."""
        return state in ROUND_TRANSITIONS[self.state]


class Match(models.Model):
    """Two people, or three, who are proposed to each other in a round. It says nothing but that; the seats say the rest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="matches"
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Privacy:
        """Those who are in it."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PAIR, why=_MATCH) for name in ("id", "round", "made_at")
        }

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")

    def __str__(self) -> str:
        return "match"


class MatchSeat(models.Model):
    """A member's part of a match. `reasons` is JSON: what they have in common with each other one, sealed under their key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(
        Match, verbose_name=_("match"), on_delete=models.CASCADE, related_name="seats"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="match_seats",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SeatState.choices, default=SeatState.OPEN
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    over_at = models.DateTimeField(_("until when"), null=True, blank=True)
    reasons = EncryptedTextField(
        _("what you have in common"),
        sealed_as="matching.seat.reasons",
        owner="member_id",
        kind=OwnerKind.MEMBER,
    )

    objects = MatchSeatQuerySet.as_manager()

    class Privacy:
        """Who is in the match sees who else is; what each answered, and why it fits, each sees of themselves alone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.PAIR, why=_MATCH)
                for name in ("id", "match", "member", "made_at")
            },
            **{
                name: seen_by(
                    Audience.AUTHOR, why=_("what you answer is yours"), class_s=name == "reasons"
                )
                for name in ("state", "over_at", "reasons")
            },
        }

    class Meta:
        verbose_name = _("seat in a match")
        verbose_name_plural = _("seats in matches")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=UNDER_WAY),
                name="one_match_under_way_per_member",
            ),
            models.UniqueConstraint(
                fields=["match", "member"], name="seat_once_per_match_and_member"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SeatState.values), name="seat_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDER_WAY, over_at__isnull=True)
                | (~Q(state__in=UNDER_WAY) & Q(over_at__isnull=False)),
                name="seat_is_over_or_under_way",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["made_at"], condition=Q(over_at__isnull=True), name="match_seat_under_way"
            ),
            models.Index(
                fields=["over_at"], condition=Q(over_at__isnull=False), name="match_seat_over"
            ),
        ]

    def __str__(self) -> str:
        return "seat"

    @property
    def is_under_way(self) -> bool:
        """Whether the match still waits for somebody."""
        return self.state in UNDER_WAY

    @property
    def waits_until(self) -> datetime:
        """The moment at which it is over without an answer."""
        return self.made_at + WAITS_FOR

    def may_become(self, state: SeatState) -> bool:
        """Whether this state may follow."""
        return state in SEAT_TRANSITIONS[self.state]


class Unmatched(models.Model):
    """That nobody was found for a member in a round. Shown to them with what they can do, for 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, verbose_name=_("round"), on_delete=models.CASCADE, related_name="unmatched"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="unmatched",
    )
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    class Privacy:
        """The member alone, after the round."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.AUTHOR, why=_("so that you are told and can go on"))
            for name in ("id", "round", "member", "at")
        }

    class Meta:
        verbose_name = _("without a partner")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "member"], name="unmatched_once_per_round_and_member"
            )
        ]

    def __str__(self) -> str:
        return "unmatched"


class Earlier(models.Model):
    """That two people have walked together, or said no to it, up to the round of this number. It names neither of them.

    `token` stands for the two (`care.tokens`); it outlives the pair and goes when enough rounds have passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=32)
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.CASCADE,
        related_name="earlier_partners",
    )
    number = models.PositiveIntegerField(_("number of the round"))

    class Privacy:
        """Used by the system alone."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.NOBODY, why=_("so that earlier partners are not matched again at once")
            )
            for name in ("id", "token", "cohort", "number")
        }

    class Meta:
        verbose_name = _("earlier partners")
        verbose_name_plural = _("earlier partners")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "token"], name="earlier_once_per_cohort_and_two"
            )
        ]

    def __str__(self) -> str:
        return "earlier"
