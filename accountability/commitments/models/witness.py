"""Who was asked by name to know of a commitment."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.commitments.choices import WitnessState
from accountability.commitments.models.commitment import Commitment
from accountability.commitments.querysets import WitnessQuerySet
from core.privacy import Audience, Field, seen_by


class Witness(models.Model):
    """A member whom the owner asked to be a witness. They read when they have accepted, and nobody tells them who else does.

    `seen_version` is the wording that they have read; while a later one stands, they see both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(
        Commitment, verbose_name=_("commitment"), on_delete=models.CASCADE, related_name="witnesses"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("witness"),
        on_delete=models.CASCADE,
        related_name="witness_of",
    )
    state = models.CharField(
        _("how far it is"),
        max_length=10,
        choices=WitnessState.choices,
        default=WitnessState.INVITED,
    )
    invited_at = models.DateTimeField(_("when you asked"), default=timezone.now)
    accepted_at = models.DateTimeField(_("when they said yes"), null=True, blank=True)
    ended_at = models.DateTimeField(_("until when"), null=True, blank=True)
    # False for an invitation to somebody who keeps away from the owner: it looks like any other to the owner, and reaches nobody.
    is_passed_on = models.BooleanField(default=True)
    seen_version = models.PositiveIntegerField(default=0)

    objects = WitnessQuerySet.as_manager()

    class Privacy:
        """Between the owner and this one witness."""

        fields: ClassVar[dict[str, Field]] = {
            "seen_version": seen_by(
                Audience.NOBODY, why=_("so that a witness is shown what has changed")
            ),
            "is_passed_on": seen_by(
                Audience.NOBODY, why=_("so that nobody learns who keeps away from whom")
            ),
            **{
                name: seen_by(
                    Audience.CHOSEN, why=_("between the owner and this witness; no other knows")
                )
                for name in (
                    "id", "commitment", "member", "state", "invited_at", "accepted_at", "ended_at",
                )
            },
        }  # fmt: skip

    class Meta:
        verbose_name = _("witness of a commitment")
        ordering: ClassVar[list[str]] = ["invited_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["commitment", "member"], name="witness_once_per_commitment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WitnessState.values), name="witness_has_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return "witness"
