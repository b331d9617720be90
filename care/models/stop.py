"""That somebody wants no contact with somebody else."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.crypto.fields import EncryptedTextField
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by


class Stop(models.Model):
    """A member wants no contact with another one. The other never learns of it.

    `other` is the id of that member, sealed under the key of who stopped; `token` stands for the two of them in either
    order (`care.tokens`), so that both directions are found without the database saying who they are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who stopped"),
        on_delete=models.CASCADE,
        related_name="stops",
    )
    token = models.CharField(max_length=32, db_index=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    other = EncryptedTextField(
        _("with whom"), sealed_as="care.stop.other", owner="by_id", kind=OwnerKind.MEMBER
    )

    class Privacy:
        """Who stopped alone."""

        fields: ClassVar[dict[str, Field]] = {
            "token": seen_by(Audience.NOBODY, why=_("keeps the two apart")),
            **{
                name: seen_by(Audience.AUTHOR, why=_("whom you keep away from is yours alone"))
                for name in ("id", "by", "at", "other")
            },
        }

    class Meta:
        verbose_name = _("stopped contact")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["by", "token"], name="stop_once_per_member_and_other")
        ]

    def __str__(self) -> str:
        return "stop"
