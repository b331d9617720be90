"""Rows beside the weekly count: the numbers of each week as they stood, and who lets facilitators see their progress by name."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class PublishedWeek(models.Model):
    """What a cohort's insights showed in one week: numbers and reasons, never whom they count, and no name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(
        "cohorts.Cohort", on_delete=models.CASCADE, related_name="published_weeks"
    )
    counted_on = models.DateField(_("counted on"))
    published = models.JSONField(_("what was on show"), default=dict)

    class Privacy:
        """As the numbers of this week."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.COHORT, Audience.FACILITATOR, Audience.BACKBONE,
                why=_("the numbers that all of them see alike"),
            )
            for name in ("id", "cohort", "counted_on", "published")
        }  # fmt: skip

    class Meta:
        verbose_name = _("numbers of a past week about a cohort")
        ordering: ClassVar[list[str]] = ["-counted_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "counted_on"], name="week_published_once")
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.counted_on}"


class NamedProgressQuerySet(models.QuerySet):
    """Filters for named progress."""

    def wished_in(self, cohort: Any) -> NamedProgressQuerySet:
        """Of those who learn in the cohort now: their place goes on, and their account is open."""
        return self.filter(
            membership__cohort=cohort,
            membership__is_facilitator=False,
            membership__left_at__isnull=True,
            membership__member__is_active=True,
        )

    def over(self) -> NamedProgressQuerySet:
        """Of places that have ended or become those of facilitators. Who comes back decides anew."""
        return self.filter(
            models.Q(membership__left_at__isnull=False) | models.Q(membership__is_facilitator=True)
        )


class NamedProgress(models.Model):
    """That a member lets those who facilitate their cohort see, by name, which modules they finished. No row: they do not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    membership = models.OneToOneField(
        "cohorts.Membership",
        verbose_name=_("in which cohort"),
        on_delete=models.CASCADE,
        related_name="named_progress",
    )
    since = models.DateTimeField(_("since when"), default=timezone.now)

    objects = NamedProgressQuerySet.as_manager()

    class Privacy:
        """Who facilitates sees the names of those who finished something; when it was switched on, its member alone."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("tells one row from another")),
            "membership": seen_by(
                Audience.FACILITATOR, Audience.AUTHOR,
                why=_("you chose to be shown by name to those who facilitate"),
                control="accounts:visible_show",
            ),
            "since": seen_by(
                Audience.AUTHOR, why=_("when you chose it is your own"), control="accounts:visible_show"
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("progress that is shown by name")

    def __str__(self) -> str:
        return f"{self.membership_id}"
