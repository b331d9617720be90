"""What publishing found in a lesson, and what the weekly look at an address on the web gave; both for editors' reports."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class FindingKind(models.TextChoices):
    """What was found."""

    CLAIM = "claim", _("Claim without a fact")
    LINK = "link", _("Link")


class Finding(models.Model):
    """A sentence with a figure and no citation, or a link, in the text of a lesson as it was last published."""

    lesson = models.ForeignKey(
        "curriculum.LessonPage", on_delete=models.CASCADE, related_name="findings"
    )
    kind = models.CharField(_("kind"), max_length=5, choices=FindingKind.choices)
    place = models.PositiveIntegerField(_("part of the body"))
    part = models.CharField(max_length=40)  # the block's type
    words = models.CharField(_("words"), max_length=500)
    address = models.CharField(_("address"), max_length=500, blank=True)

    class Privacy:
        """Follows from published content."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("follows from published content"))
            for name in ("id", "lesson", "kind", "place", "part", "words", "address")
        }

    class Meta:
        verbose_name = _("finding in a lesson")
        ordering: ClassVar[list[str]] = ["lesson__path", "place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=FindingKind.values), name="finding_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def where(self) -> str:
        """“Part 3 (Text)”, as the form of the lesson counts."""
        lesson: Any = self._meta.get_field("lesson").related_model
        body = lesson._meta.get_field("body")
        block = body.stream_block.child_blocks.get(self.part)
        label = block.label if block else self.part
        return gettext("Part %(place)s (%(kind)s)") % {"place": self.place, "kind": label}


class LinkCheck(models.Model):
    """What an address on the web answered when the worker last looked. Only where an installation asked for that."""

    address = models.CharField(max_length=500, unique=True)
    checked_at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)

    class Privacy:
        """Follows from published content."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.PUBLIC, why=_("follows from published content"))
            for name in ("id", "address", "checked_at", "trouble")
        }

    class Meta:
        verbose_name = _("check of a link")

    def __str__(self) -> str:
        return self.address
