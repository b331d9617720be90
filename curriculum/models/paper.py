"""A PDF that somebody asked for. The file lies beside the database, under `var/papers/`."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.handed import Handed, handed
from core.privacy import Audience, Field, seen_by


class Printout(models.Model):
    """One PDF: of what, for whom, and how far it is. One of a module is for all who may read these lessons, and has no owner."""

    class Kind(models.TextChoices):
        """What is printed."""

        MODULE = "module", _("a module")
        PLAN = "plan", _("a session plan")
        RECORD = "record", _("a record of completed lessons")

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", _("waits for the worker")
        MAKING = "making", _("is being made")
        MADE = "made", _("is made")
        FAILED = "failed", _("could not be made")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Names what it shows: the lessons and the version of what is published, or the member. Nobody sees it.
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="printouts",
    )
    wishes = models.JSONField(_("how it was wanted"), default=dict)
    state = models.CharField(
        _("how far"), max_length=10, choices=State.choices, default=State.ASKED
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now, db_index=True)

    class Privacy:
        """Who asked for it; gone after a day."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("names the file")),
            "key": seen_by(Audience.NOBODY, why=_("finds the same PDF again")),
            **{
                name: seen_by(Audience.AUTHOR, why=_("for who asked for it; gone after a day"))
                for name in ("kind", "owner", "wishes", "state", "asked_at")
            },
        }

    class Meta:
        verbose_name = _("PDF")
        verbose_name_plural = _("PDFs")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind="module", owner__isnull=True)
                | models.Q(kind__in=["plan", "record"], owner__isnull=False),
                name="printout_of_a_module_has_no_owner",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "making", "made", "failed"]),
                name="printout_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def file(self) -> Handed:
        """Where its PDF lies once it is made."""
        return handed(Path(settings.PAPERS), f"{self.pk}.pdf")

    @property
    def is_made(self) -> bool:
        """Whether the file can be handed out."""
        return self.state == self.State.MADE and self.file.is_file()

    @property
    def is_under_way(self) -> bool:
        """Whether the worker has it before it or in hand."""
        return self.state in {self.State.ASKED, self.State.MAKING}
