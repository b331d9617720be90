"""The link of a calendar feed."""

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

_YOURS = _("which calendar you use, and what stands in it, is yours alone")


class CalendarLink(models.Model):
    """A member's way to see the next check-ins in their own calendar: one at most for a place in a pair.

    The link itself is shown once and kept nowhere: `digest` is a hash of its random part. `title` is what the calendar
    shows; empty, it says "Appointment" in the member's language.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.OneToOneField(
        "buddies.Place",
        verbose_name=_("place in a pair"),
        on_delete=models.CASCADE,
        related_name="calendar_link",
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("when you made it"), default=timezone.now)
    title = EncryptedTextField(
        _("title in your calendar"),
        sealed_as="checkins.calendar.title",
        owner="member_id",
        kind=OwnerKind.MEMBER,
    )

    class Privacy:
        """The member, and whoever they give the link."""

        fields: ClassVar[dict[str, Field]] = {
            **{
                name: seen_by(Audience.AUTHOR, why=_YOURS)
                for name in ("id", "place", "member", "made_at")
            },
            "digest": seen_by(Audience.NOBODY, why=_("recognizes the link without knowing it")),
            "title": seen_by(
                Audience.AUTHOR, why=_YOURS, control="checkins:calendar_edit", class_s=True
            ),
        }

    class Meta:
        verbose_name = _("link for your calendar")

    def __str__(self) -> str:
        return "calendar link"
