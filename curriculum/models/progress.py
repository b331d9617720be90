"""What a member has finished."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from core.privacy import Audience, Field, seen_by


class LessonDone(models.Model):
    """That a member marked a lesson done. Names the lesson by its lasting key, so that moving or renaming erases nothing."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lessons_done"
    )
    lesson_key = models.UUIDField()
    edition = models.PositiveIntegerField(default=1)  # the number that was read
    done_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        """Only the member: nobody watches how far someone is."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.AUTHOR, why=_("progress is one's own"), control="home:today_show"
            )
            for name in ("id", "member", "lesson_key", "edition", "done_at")
        }

    class Meta:
        verbose_name = _("finished lesson")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "lesson_key"], name="lesson_done_once_per_member"
            )
        ]

    def __str__(self) -> str:
        return str(self.lesson_key)


class OpeningQuerySet(models.QuerySet):
    """Filters for openings."""

    def of(self, member: Any) -> OpeningQuerySet:
        """Those of the cohorts that the member is in now, with the cohort, the first day first."""
        mine = Cohort.objects.of(member).values("pk")
        return self.filter(cohort__in=mine).select_related("cohort").order_by("opens_on", "pk")


class Opening(models.Model):
    """The day from which a cohort reads a module together. It closes nothing: members may read ahead."""

    cohort = models.ForeignKey("cohorts.Cohort", on_delete=models.CASCADE, related_name="openings")
    module = models.ForeignKey(
        "curriculum.ModulePage", on_delete=models.PROTECT, related_name="openings"
    )
    opens_on = models.DateField(_("opens on"))

    objects = OpeningQuerySet.as_manager()

    class Privacy:
        """The cohort's own calendar."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.COHORT, why=_("the cohort's calendar"))
            for name in ("id", "cohort", "module", "opens_on")
        }

    class Meta:
        verbose_name = _("opening of a module")
        ordering: ClassVar[list[str]] = ["opens_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "module"], name="opening_once_a_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.opens_on}"
