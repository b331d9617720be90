"""How a member wants their journal to behave."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class Choice(models.Model):
    """What a member chose for their journal. No row means: everything as it comes."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose journal"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="journal_choice",
    )
    escape_hides = models.BooleanField(
        _("Pressing Escape three times hides the journal"),
        default=True,
        help_text=_(
            "Turn this off if you press Escape often, or if a program that you use presses it for you."
        ),
    )

    class Privacy:
        """Nobody else learns that somebody chose anything here."""

        fields: ClassVar[dict[str, Field]] = {
            "member": seen_by(Audience.AUTHOR, why=_("the choice is theirs")),
            "escape_hides": seen_by(
                Audience.AUTHOR,
                why=_("so that the page knows whether to hide"),
                control="journal:choices_edit",
            ),
        }

    class Meta:
        verbose_name = _("choice for the journal")
        verbose_name_plural = _("choices for the journal")

    def __str__(self) -> str:
        return f"journal choice {self.pk}"
