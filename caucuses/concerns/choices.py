"""Named sets of reports inside a caucus."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConcernState(models.TextChoices):
    """How far a report is."""

    SENT = "sent", _("sent")
    ANSWERED = "answered", _("answered")


#: How many reports one seat sends in a day, and how many characters a report and its answer may have.
MOST_A_DAY = 5
LONGEST = 5_000


def today() -> date:
    """The day in the initiative's own time zone: in the writer's it could tell who they are."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
