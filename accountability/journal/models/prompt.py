"""Suggestions to begin with, which the initiative edits. Nothing in them is private."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class Prompt(models.Model):
    """One question to begin with, in one language. An entry keeps a copy, so that it stays true when this changes."""

    words = models.CharField(
        _("the question"),
        max_length=300,
        help_text=_(
            "Ask kindly, about one’s own part. Nobody has to tell anything about themselves."
        ),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    order = models.PositiveSmallIntegerField(
        _("place in the list"), default=100, help_text=_("Smaller numbers come first.")
    )
    is_offered = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_(
            "Clear it to take the question off the list. Entries that began with it keep their copy."
        ),
    )

    class Privacy:
        """For all members."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.MEMBERS, why=_("a suggestion for everybody who writes"))
            for name in ("id", "words", "language", "order", "is_offered")
        }

    class Meta:
        verbose_name = _("journal prompt")
        verbose_name_plural = _("journal prompts")
        ordering: ClassVar[list[str]] = ["order", "pk"]

    def __str__(self) -> str:
        return self.words
