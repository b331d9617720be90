"""Whom one can turn to: a member who takes reports, asked by the backbone team and in their own words."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from care.querysets import ContactQuerySet
from core.privacy import Audience, Field, seen_by

_CHOOSE = _("so that whoever reports something can choose whom to trust")


class Contact(models.Model):
    """A member whom others can turn to. Nobody is one before they have accepted, and each says when it is too much.

    `is_outside`: they are not part of the organizations or the team that run the initiative. Who reports something must
    be able to choose such a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.CASCADE,
        related_name="care_contacts",
    )
    words = models.TextField(_("who they are and how they work"), max_length=1000)
    is_outside = models.BooleanField(_("whether they are from outside"), default=False)
    is_available = models.BooleanField(_("whether they take new reports"), default=True)
    asked_at = models.DateTimeField(_("when they were asked"), default=timezone.now)
    accepted_at = models.DateTimeField(_("since when"), null=True, blank=True)
    ended_at = models.DateTimeField(_("until when"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Privacy:
        """Every member reads whom they can turn to; who was only asked, the backbone team."""

        fields: ClassVar[dict[str, Field]] = {
            "asked_at": seen_by(
                Audience.AUTHOR,
                Audience.BACKBONE,
                why=_("so that who was asked is not asked again"),
            ),
            **{
                name: seen_by(Audience.MEMBERS, why=_CHOOSE)
                for name in (
                    "id",
                    "member",
                    "words",
                    "is_outside",
                    "is_available",
                    "accepted_at",
                    "ended_at",
                )
            },
        }

    class Meta:
        verbose_name = _("contact for reports")
        verbose_name_plural = _("contacts for reports")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_at__isnull=True),
                name="contact_once_per_member",
            )
        ]

    def __str__(self) -> str:
        return str(self.member)
