"""That a member has read a definition. A cohort sees how many did, where that tells of nobody (`core.suppression`)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.privacy import Audience, Field, seen_by
from curriculum.glossary.models.terms import TermVersion


class DefinitionRead(models.Model):
    """“I have read our definition”, of one version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="definitions_read"
    )
    version = models.ForeignKey(TermVersion, on_delete=models.PROTECT, related_name="readings")
    read_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        """The member's alone."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            **dict.fromkeys(
                ("member", "version", "read_at"),
                seen_by(Audience.AUTHOR, why=_("what one has read is one's own"), control="glossary:term_list"),
            ),
        }  # fmt: skip

    class Meta:
        verbose_name = _("definition that you read")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "version"], name="definition_read_once")
        ]

    def __str__(self) -> str:
        return str(self.version)
