"""A look at what a round would find, before anybody is told."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.matching.choices import PREVIEWS_A_DAY, RUNNING, RoundState
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_SHOWN = _("who starts a round may look at it first")


class Preview(models.Model):
    """One of the three looks a day at a cohort's next round, whoever takes it. `by` is empty for the server's own.

    `slot` makes the three exact: two that ask at the same moment cannot have the same one. `people` stands for all who waited
    when it was asked for and the number of the round (a keyed sum): on the same day the same people are found only once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        "cohorts.Cohort",
        verbose_name=_("cohort"),
        on_delete=models.CASCADE,
        related_name="matching_previews",
    )
    day = models.DateField(_("day"))
    slot = models.PositiveSmallIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who asked for it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="matching_previews",
    )
    asked_at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=RoundState.choices, default=RoundState.WAITING
    )
    people = models.CharField(max_length=32, blank=True, default="")

    class Privacy:
        """The backbone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.BACKBONE, why=_SHOWN)
                for name in ("id", "cohort", "day", "by", "asked_at", "state")
            },
            "people": seen_by(
                Audience.NOBODY, why=_("tells whether the same people wait, and names none of them")
            ),
            "slot": seen_by(Audience.NOBODY, why=_("counts to three")),
        }

    class Meta:
        verbose_name = _("preview of a round")
        verbose_name_plural = _("previews of rounds")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cohort", "day", "slot"], name="preview_once_per_cohort_day_and_slot"
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=PREVIEWS_A_DAY), name="three_previews_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="preview_is_in_a_known_state"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at"], name="matching_preview_asked")
        ]

    def __str__(self) -> str:
        return "preview"

    @property
    def is_running(self) -> bool:
        """Whether the worker has not finished it."""
        return self.state in RUNNING

    @property
    def has_failed(self) -> bool:
        """Whether it could not be made."""
        return self.state == RoundState.FAILED


class PreviewFound(models.Model):
    """What a preview found: JSON of ids, of numbers alone where few wait, sealed under the key of the organizer who asked.

    It goes after a day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    preview = models.OneToOneField(
        Preview, verbose_name=_("preview"), on_delete=models.CASCADE, related_name="found"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who asked for it"),
        on_delete=models.CASCADE,
        related_name="matching_previews_found",
    )
    found = EncryptedTextField(
        _("what was found"),
        sealed_as="matching.preview.found",
        owner="by_id",
        kind=OwnerKind.MEMBER,
    )

    class Privacy:
        """Who asked for it."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.AUTHOR, why=_SHOWN, class_s=name == "found")
            for name in ("id", "preview", "by", "found")
        }

    class Meta:
        verbose_name = _("what a preview found")
        verbose_name_plural = _("what previews found")

    def __str__(self) -> str:
        return "found"
