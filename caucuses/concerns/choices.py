"""Named sets of reports inside a caucus."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConcernState(models.TextChoices):
    """How far a report is."""

    SENT = "sent", _("sent")
    ANSWERED = "answered", _("answered")
