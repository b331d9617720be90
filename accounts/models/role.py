"""What a member may do for the whole initiative."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import RoleKind
from accounts.querysets import RoleQuerySet
from core.privacy import Audience, Field, seen_by


class Role(models.Model):
    """A role that was given to a member, by whom and why. Groups of the CMS follow from these rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="roles_given",
    )
    given_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="roles_ended",
    )
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Privacy:
        """Who holds a role is known to members: power is not hidden."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            "member": seen_by(Audience.MEMBERS, why=_("who runs the initiative is known")),
            "kind": seen_by(Audience.MEMBERS, why=_("who runs the initiative is known")),
            "reason": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("why the role was given")),
            "given_by": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("who gave the role")),
            "given_at": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("since when")),
            "ended_at": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("until when")),
            "ended_by": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("who ended the role")),
            "end_reason": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("why it ended")),
        }

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(ended_at__isnull=True),
                name="one_open_role_per_member_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RoleKind.values), name="role_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(member=F("given_by")),
                name="nobody_gives_themselves_a_role",
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(reason=""),
                name="role_given_by_a_member_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True)
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="role_ended_by_a_member_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"

    @property
    def is_held(self) -> bool:
        """Whether it is held now. As a filter: `in_force`."""
        return self.ended_at is None or self.ended_at > timezone.now()
