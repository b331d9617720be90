"""How many signed a version without their name: what is on show, and nothing of whom."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accountability.letter.models.version import LetterVersion
from core.privacy import Audience, Field, seen_by
from core.suppression import Number, Shown, Why


class UnnamedTally(models.Model):
    """The last weekly count of one version: a number with its day, or a word for why there is none. Nobody is named in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.OneToOneField(
        LetterVersion,
        verbose_name=_("version of the letter"),
        on_delete=models.CASCADE,
        related_name="tally",
    )
    counted_on = models.DateField(_("counted on"))
    why = models.CharField(_("why there is no number"), max_length=20, blank=True)
    number = models.PositiveIntegerField(_("how many"), null=True)
    of = models.PositiveIntegerField(null=True)
    number_on = models.DateField(_("the day of the number"), null=True)

    class Privacy:
        """What is on show stands on a public page."""

        fields: ClassVar[dict[str, Field]] = {
            **dict.fromkeys(
                ("version", "counted_on", "why", "number", "number_on"),
                seen_by(
                    Audience.PUBLIC,
                    why=_("how many signed without their name stands under the letter, counted once a week"),
                ),
            ),
            **dict.fromkeys(
                ("id", "of"),
                seen_by(Audience.NOBODY, why=_("so that a number moves only when enough people differ")),
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("how many signed without a name")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(why="", number__isnull=False, of__isnull=False, number_on__isnull=False)
                | (~Q(why="") & Q(number__isnull=True, of__isnull=True, number_on__isnull=True)),
                name="letter_tally_is_a_number_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.counted_on}"

    @property
    def shown(self) -> Shown:
        """What everybody reads."""
        if self.number is None or self.of is None or self.number_on is None:
            return Why(self.why)
        return Number(self.number, self.of, self.number_on)

    def show(self, shown: Shown) -> None:
        """Put this in the place of what was shown. Not saved yet."""
        is_number = isinstance(shown, Number)
        self.why = "" if is_number else shown.value  # type: ignore[union-attr]
        self.number, self.of, self.number_on = (
            (shown.count, shown.of, shown.on) if isinstance(shown, Number) else (None, None, None)
        )
