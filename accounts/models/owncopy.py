"""A member's own copy of their data, as a sealed file that waits to be downloaded once."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import CopyState, CopyTrouble
from accounts.querysets import OwnCopyQuerySet
from core.handed import Handed, handed
from core.privacy import Audience, Field, seen_by

_MINE = _("for who asked for it; gone after one download or a day")


class OwnCopy(models.Model):
    """One copy, of which a member has one at a time. The row goes when the last byte of the file was given out.

    `claim` is drawn anew by each worker that begins it and names its draft: what a worker that died had written is taken away
    by the next, and one that comes back late changes nothing. `handing` is drawn by each download, so that of two at
    once only the later one ends.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose it is"),
        on_delete=models.CASCADE,
        related_name="own_copy",
    )
    state = models.CharField(
        _("how far"), max_length=10, choices=CopyState.choices, default=CopyState.WAITING
    )
    trouble = models.CharField(
        _("why it could not be made"),
        max_length=10,
        choices=CopyTrouble.choices,
        default=CopyTrouble.NONE,
        blank=True,
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    ready_at = models.DateTimeField(_("ready since"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    claim = models.UUIDField(null=True, blank=True)
    handing = models.UUIDField(null=True, blank=True)

    objects = OwnCopyQuerySet.as_manager()

    class Privacy:
        """Who asked for it."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.AUTHOR, why=_MINE)
                for name in ("member", "state", "trouble", "asked_at", "ready_at", "size")
            },
            "id": seen_by(Audience.NOBODY, why=_("names the file")),
            "claim": seen_by(
                Audience.NOBODY, why=_("names the draft, so that two workers write two")
            ),
            "handing": seen_by(Audience.NOBODY, why=_("keeps two downloads apart")),
        }

    class Meta:
        verbose_name = _("own copy of one’s data")
        verbose_name_plural = _("own copies of one’s data")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=CopyState.values), name="own_copy_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=CopyState.READY, ready_at__isnull=False)
                | ~Q(state=CopyState.READY) & Q(ready_at__isnull=True),
                name="own_copy_that_is_ready_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return "own copy"

    @property
    def file(self) -> Handed:
        """Where the sealed file lies once it is ready."""
        return handed(Path(settings.COPIES), f"{self.pk}.sealed")

    @property
    def draft(self) -> Path:
        """Where the worker that has it now writes."""
        return Path(settings.COPIES) / f"{self.pk}.{self.claim}.part"

    @property
    def is_under_way(self) -> bool:
        """Whether the worker has it before it or in hand."""
        return self.state in {CopyState.WAITING, CopyState.MAKING}

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded, as far as the row says."""
        return self.state == CopyState.READY
