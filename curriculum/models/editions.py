"""Editions: what a lesson said each time it was published, so that a reader is shown what changed since."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class Edition(models.Model):
    """One publish of a lesson: its number, its date and the plain text of each block. Named by the lesson's lasting key."""

    lesson_key = models.UUIDField()
    #: Of the lesson in this language; numbers go on over all its languages, so that a later one has the higher number.
    language = models.CharField(max_length=12, default=settings.LANGUAGE_CODE)
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(default=timezone.now)
    # Pairs of block id and plain text in the order of the page; an object would lose the order in PostgreSQL.
    texts = models.JSONField(default=list)

    class Privacy:
        """What was published."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("what was published"))
            for name in ("id", "lesson_key", "language", "number", "published_at", "texts")
        }

    class Meta:
        verbose_name = _("edition")
        ordering: ClassVar[list[str]] = ["lesson_key", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lesson_key", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="edition_numbers_begin_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_key} {self.number}"


class Citation(models.Model):
    """That the published text of a lesson cites a fact; for “where is this used”."""

    lesson = models.ForeignKey(
        "curriculum.LessonPage", on_delete=models.CASCADE, related_name="citations"
    )
    fact_key = models.CharField(max_length=5, db_index=True)

    class Privacy:
        """Follows from published content."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("follows from published content"))
            for name in ("id", "lesson", "fact_key")
        }

    class Meta:
        verbose_name = _("citation")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lesson", "fact_key"], name="citation_once_a_lesson")
        ]

    def __str__(self) -> str:
        return self.fact_key
