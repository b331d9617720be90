"""How somebody is asked, apart from the others, how it is going."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.crypto.fields import EncryptedTextField, Sealed
from core.models import OwnerKind
from core.privacy import Audience, Field, seen_by

_YOURS = _("what you answer is yours alone; the others are not told")


class Asking(models.Model):
    """One for each place at most. Check-ins up to number `after` are talked about; only later ones lead to asking again.

    While it is open (`settled_at` is empty) it holds when it was asked and what was answered. Once it is settled it holds the
    number and nothing else: who answered what, or nothing, is forgotten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.OneToOneField(
        "buddies.Place",
        verbose_name=_("place in a pair"),
        on_delete=models.CASCADE,
        related_name="asking",
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    after = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(_("when you were asked"), null=True)
    answered_at = models.DateTimeField(_("when you answered"), null=True)
    settled_at = models.DateTimeField(null=True, default=timezone.now)
    answer = EncryptedTextField(
        _("what you answered"),
        sealed_as="checkins.asking.answer",
        owner="member_id",
        kind=OwnerKind.MEMBER,
    )

    class Privacy:
        """The member alone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.AUTHOR, why=_YOURS)
                for name in ("id", "place", "member", "asked_at", "answered_at")
            },
            **{
                name: seen_by(Audience.NOBODY, why=_("so that nobody is asked twice"))
                for name in ("after", "settled_at")
            },
            "answer": seen_by(Audience.AUTHOR, why=_YOURS, class_s=True),
        }

    class Meta:
        verbose_name = _("question how it is going")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(asked_at__isnull=False),
                name="asking_open_when_asked",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["asked_at"], condition=Q(settled_at__isnull=True), name="asking_open"
            )
        ]

    def __str__(self) -> str:
        return "question"

    @property
    def said(self) -> str:
        """What was answered; empty where nothing was, for which nothing is sealed. Raises CannotOpen."""
        stored = self.__dict__.get("answer")
        if isinstance(stored, Sealed) and not stored.value:
            return ""
        return str(self.answer)
