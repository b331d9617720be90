"""The secret address at which a calendar program reads when one's caucus meets."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caucuses.models.sealing import by_nobody, by_the_author, sealed
from core.privacy import Field


class CalendarLink(models.Model):
    """A seat's link. Of the address only a hash is kept; `title` is what the calendar shows, as its member chose it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caucus = models.ForeignKey("caucuses.Caucus", on_delete=models.CASCADE, related_name="+")
    seat = models.OneToOneField(
        "caucuses.Seat", on_delete=models.CASCADE, related_name="calendar_link"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    title = sealed("meetings.calendar.title", _("what your calendar shows"))

    class Privacy:
        """Whose link it is."""

        fields: ClassVar[dict[str, Field]] = {
            **by_nobody("token_hash", why=_("proves the address; it is shown once")),
            **by_the_author("id", "caucus", "seat", "made_at"),
            **by_the_author("title", class_s=True),
        }

    class Meta:
        verbose_name = _("calendar link of a seat")

    def __str__(self) -> str:
        return "link"
