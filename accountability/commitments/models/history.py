"""What a commitment said before, and how it went."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.commitments.models.commitment import WORDS, Commitment
from accountability.commitments.models.sealing import sealed
from core.privacy import Audience, Field, seen_by

_BESIDE = _("it belongs to the commitment, and is read by the same people")


class OfOne(models.Model):
    """A row that belongs to one commitment and is sealed under the same key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    commitment: Any

    class Meta:
        abstract = True

    @property
    def key_kind(self) -> str:
        """Whose key seals it."""
        return str(self.commitment.key_kind)

    @property
    def key_ref(self) -> Any:
        """The id of that member or organization."""
        return self.commitment.key_ref


class Wording(OfOne):
    """An earlier text of a commitment, as it was in this version. Witnesses who read it see both texts."""

    commitment = models.ForeignKey(
        Commitment, verbose_name=_("commitment"), on_delete=models.CASCADE, related_name="wordings"
    )
    version = models.PositiveIntegerField()
    until = models.DateTimeField(_("until when it was said like this"), default=timezone.now)
    will = sealed("wording.will", _("what was promised"))
    first_step = sealed("wording.first_step", _("the first step"))
    know = sealed("wording.know", _("how one would know"))
    by = sealed("wording.by", _("by when"))
    levels = sealed("wording.levels", _("on which levels"))

    class Privacy:
        """As the commitment."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(Audience.CHOSEN, why=_BESIDE, class_s=name in WORDS)
            for name in ("id", "commitment", "version", "until", *WORDS)
        }

    class Meta:
        verbose_name = _("earlier wording of a commitment")
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["commitment", "version"], name="wording_once_per_version"
            )
        ]

    def __str__(self) -> str:
        return "wording"


class Progress(OfOne):
    """How it goes: a sentence, a state, and for a changed one the reason. Nothing of it is ever overwritten."""

    commitment = models.ForeignKey(
        Commitment, verbose_name=_("commitment"), on_delete=models.CASCADE, related_name="progress"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who said so"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="commitment_progress",
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    sentence = sealed("progress.sentence", _("how it goes"))
    state = sealed("progress.state", _("its state"))
    reason = sealed("progress.reason", _("why it changed"))

    class Privacy:
        """As the commitment."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.CHOSEN, why=_BESIDE, class_s=name in ("sentence", "state", "reason")
            )
            for name in ("id", "commitment", "by", "at", "sentence", "state", "reason")
        }

    class Meta:
        verbose_name = _("progress of a commitment")
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["commitment", "-at"], name="progress_newest_first")
        ]

    def __str__(self) -> str:
        return "progress"
