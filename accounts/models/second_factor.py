"""A lost second factor: the request to remove it, which waits 72 hours while the member is told by mail."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import ResetState
from accounts.querysets import SecondFactorResetQuerySet
from core.privacy import Audience, Field, seen_by


class SecondFactorReset(models.Model):
    """One request. `ready_at` is 72 hours after it was made; until then the member can cancel it with one press."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor_resets"
    )
    state = models.CharField(max_length=12, choices=ResetState.choices, default=ResetState.WAITING)
    requested_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    mails_sent = models.PositiveSmallIntegerField(default=0)

    objects = SecondFactorResetQuerySet.as_manager()

    class Privacy:
        """Between the member and the operator who carries it out."""

        fields: ClassVar[dict[str, Field]] = {
            name: seen_by(
                Audience.AUTHOR,
                Audience.OPERATOR,
                why=_("a lost second factor is reset by an operator"),
            )
            for name in (
                "id",
                "member",
                "state",
                "requested_at",
                "ready_at",
                "closed_at",
                "mails_sent",
            )
        }

    class Meta:
        verbose_name = _("request to reset a second factor")
        verbose_name_plural = _("requests to reset a second factor")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state=ResetState.WAITING),
                name="one_waiting_second_factor_reset_per_member",
            )
        ]

    def __str__(self) -> str:
        return self.get_state_display()
