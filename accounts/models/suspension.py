"""Closing an account to a member who harms others: asked for by one of the backbone team, confirmed by another."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import SuspensionQuerySet
from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_WHY = _("an account is closed in the open before its member: who, why, until when")


class Suspension(models.Model):
    """One proposal to close an account, and what became of it. It closes nothing before another one has confirmed it.

    The reason is sealed under the key of the member it is about, so that it opens for nobody once they have left. It is
    no class S: the backbone team writes it, both of them and the member read it, and each step stands in the log of acts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suspensions"
    )
    reason = EncryptedTextField(
        _("reason"), sealed_as="accounts.suspension.reason", owner="member_id", kind=OwnerKind.MEMBER
    )  # fmt: skip
    until = models.DateField(_("opens again on"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    objects = SuspensionQuerySet.as_manager()

    class Privacy:
        """Between the member and the backbone team; the member is told when it is confirmed."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            **{
                name: seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_WHY)
                for name in (
                    "member",
                    "reason",
                    "until",
                    "asked_by",
                    "asked_at",
                    "confirmed_by",
                    "confirmed_at",
                    "withdrawn_at",
                    "ended_by",
                    "ended_at",
                )
            },
        }

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(withdrawn_at__isnull=True, ended_at__isnull=True),
                name="one_open_suspension_per_member",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(asked_by__isnull=True)
                | ~Q(confirmed_by=F("asked_by")),
                name="suspension_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(asked_by__isnull=True) | ~Q(asked_by=F("member")))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("member"))),
                name="nobody_suspends_themselves",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(confirmed_at__isnull=True),
                name="withdrawn_suspension_was_not_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="suspension_ends_after_it_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for another one to confirm it. As a filter: `waiting`."""
        return self.confirmed_at is None and self.withdrawn_at is None

    @property
    def is_in_force(self) -> bool:
        """Whether it keeps the account closed. As a filter: `in_force`."""
        return self.confirmed_at is not None and self.ended_at is None
