"""A role in an organization, which can promise something and outlasts the person who holds it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accountability.commitments.querysets import RoleQuerySet
from core.privacy import Audience, Field, seen_by

_KNOWN = _("colleagues know who speaks for the organization")


def _member(words: Any, related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=words,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name=related_name,
    )


class OrganizationRole(models.Model):
    """A role that its organization has confirmed by a second person. `holder` has accepted it, `successor` is asked to.

    Until the successor accepts, the holder (if there is one) goes on. A holder who does not speak for the organization by now
    holds it no more: every rule asks for that at the moment of reading.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        "accounts.Organization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="commitment_roles",
    )
    title = models.CharField(_("name of the role"), max_length=120)
    made_by = _member(_("who created the role"), "roles_made")
    made_at = models.DateTimeField(_("when it was created"), default=timezone.now)
    confirmed_by = _member(_("who confirmed it"), "roles_confirmed")
    confirmed_at = models.DateTimeField(_("when it was confirmed"), null=True, blank=True)
    holder = _member(_("who holds the role"), "roles_held")
    accepted_at = models.DateTimeField(_("since when"), null=True, blank=True)
    successor = _member(_("who is asked to take the role"), "roles_offered")
    # False when the successor keeps away from who named them: it looks like any other offer, and reaches nobody.
    is_passed_on = models.BooleanField(default=True)
    named_by = _member(_("who named the successor"), "roles_named_for")

    objects = RoleQuerySet.as_manager()

    class Privacy:
        """Known in the organization, and to the backbone, who may have to name somebody for a vacant role."""

        fields: ClassVar[dict[str, Field]] = {
            "is_passed_on": seen_by(
                Audience.NOBODY, why=_("so that nobody learns who keeps away from whom")
            ),
            **{
                name: seen_by(Audience.ORGANIZATION, Audience.BACKBONE, why=_KNOWN)
                for name in (
                    "id", "organization", "title", "made_by", "made_at", "confirmed_by", "confirmed_at", "holder",
                    "accepted_at", "successor", "named_by",
                )
            },
        }  # fmt: skip

    class Meta:
        verbose_name = _("role in an organization")
        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization", "title"], name="role_title_once_per_organization"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(confirmed_at__isnull=False),
                name="successor_only_for_a_confirmed_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organization}"
