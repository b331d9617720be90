"""Who reports to whom at work, so that nobody is paired with their boss."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by


class ReportingLine(models.Model):
    """That a member reports to another one at work, as the backbone imported it. `disputed_at`: the member says it is wrong.

    It counts also while it is disputed: a limit too many hurts nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who reports"),
        on_delete=models.CASCADE,
        related_name="reports_to_lines",
    )
    boss = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("to whom"),
        on_delete=models.CASCADE,
        related_name="reported_by_lines",
    )
    imported_at = models.DateTimeField(_("when it was imported"), auto_now_add=True)
    disputed_at = models.DateTimeField(_("when you said that it is wrong"), null=True, blank=True)

    class Privacy:
        """The two of them and the backbone, who bring it in."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.AUTHOR,
                Audience.BACKBONE,
                why=_("so that nobody is paired with whom they report to"),
                control="accounts:visible_show",
            )
            for name in ("id", "member", "boss", "imported_at", "disputed_at")
        }

    class Meta:
        verbose_name = _("reporting line")
        verbose_name_plural = _("reporting lines")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "boss"], name="reporting_line_once"),
            models.CheckConstraint(
                condition=~Q(member=F("boss")), name="nobody_reports_to_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"reporting line {self.pk}"
