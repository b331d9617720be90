"""The one page of notes that a pair shares."""

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

_OURS = _("your notes are between the two of you")


def _sealed(label: str, words: object) -> EncryptedTextField:
    return EncryptedTextField(
        words, sealed_as=f"checkins.notes.{label}", owner="pair_id", kind=OwnerKind.PAIR
    )


class PairNotes(models.Model):
    """The pair's notes: Markdown, and the HTML that the cleaner of version `html_by` made of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.OneToOneField(
        "buddies.Pair", verbose_name=_("pair"), on_delete=models.CASCADE, related_name="notes"
    )
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("when it was last changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who changed it last"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = _sealed("body", _("text"))
    html = _sealed("html", _("text as it is shown"))
    html_by = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        """The pair alone."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.PAIR, why=_OURS)
                for name in ("id", "pair", "version", "changed_at", "changed_by")
            },
            **{name: seen_by(Audience.PAIR, why=_OURS, class_s=True) for name in ("body", "html")},
            "html_by": seen_by(
                Audience.NOBODY, why=_("which cleaner made the text as it is shown")
            ),
        }

    class Meta:
        verbose_name = _("notes of a pair")

    def __str__(self) -> str:
        return "notes"
