"""Where lessons use terms: what the worker found, what it has yet to look at, and what an editor has switched off."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from core.privacy import Audience, Field, seen_by
from curriculum.glossary.models.terms import Term

FOLLOWS = seen_by(Audience.PUBLIC, why=_("follows from published content"))


class LessonTerm(models.Model):
    """A term that a published lesson uses: its first mention there, or a link or card that its editor made.

    `block` is the id of the part, `found` the word as it stands there, `nth` which of its mentions in the part: the first
    may be a part of a longer word. Block and word are empty for what an editor made.
    """

    lesson = models.ForeignKey(
        "curriculum.LessonPage", on_delete=models.CASCADE, related_name="terms_used"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="uses")
    block = models.CharField(max_length=40, blank=True)
    found = models.CharField(max_length=120, blank=True)
    nth = models.PositiveIntegerField(default=0)

    class Privacy:
        """Follows from published content."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "lesson", "term", "block", "found", "nth"), FOLLOWS
        )

    class Meta:
        verbose_name = _("term in a lesson")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lesson", "term"], name="term_once_a_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.term}"


class LessonLinks(models.Model):
    """How far the worker is with a lesson: `stale` ones it has to go through (again).

    `asked` counts how often that was asked for, so that what is asked while the worker reads is not taken for done.
    """

    lesson = models.OneToOneField(
        "curriculum.LessonPage", on_delete=models.CASCADE, related_name="term_links"
    )
    stale = models.BooleanField(default=True, db_index=True)
    asked = models.PositiveIntegerField(default=1)
    linked_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        """Used by the worker alone."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "lesson", "stale", "asked", "linked_at"),
            seen_by(Audience.OPERATOR, why=_("how far the worker is")),
        )

    class Meta:
        verbose_name = _("how far the linking is")

    def __str__(self) -> str:
        return str(self.lesson_id)


class ChangedWord(models.Model):
    """A word that began or ceased to lead somewhere: the lessons that hold it are to be gone through again."""

    language = models.CharField(max_length=12)
    folded = models.CharField(max_length=120)

    class Privacy:
        """Used by the worker alone."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("id", "language", "folded"), seen_by(Audience.OPERATOR, why=_("how far the worker is"))
        )

    class Meta:
        verbose_name = _("word to look for again")

    def __str__(self) -> str:
        return self.folded


class NotLinked(models.Model):
    """A term that an editor does not want to be linked by itself in one lesson."""

    page = ParentalKey(
        "curriculum.LessonPage", on_delete=models.CASCADE, related_name="terms_not_linked"
    )
    term = models.ForeignKey(
        Term, verbose_name=_("term"), on_delete=models.CASCADE, related_name="+"
    )

    panels: ClassVar[list[FieldPanel]] = [FieldPanel("term")]

    class Privacy:
        """An editor's choice."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(("id", "page", "term"), FOLLOWS)

    class Meta:
        verbose_name = _("term that a lesson does not link")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["page", "term"], name="term_switched_off_once")
        ]

    def __str__(self) -> str:
        return str(self.term)
