"""Fixed sets of values of buddies."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: How long each can still read (and export) what was shared, after the pair ended or they left it.
KEPT_FOR = timedelta(days=30)
#: A pair is two people, by matching of an odd number three.
LEAST, MOST = 2, 3


class CameAbout(models.TextChoices):
    """How a pair found each other."""

    ASKED = "asked", _("one asked the other")
    MATCHED = "matched", _("matched in a round")


class Rhythm(models.TextChoices):
    """How often a pair checks in."""

    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every four weeks")


#: Weeks between two check-ins.
WEEKS: dict[str, int] = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2, Rhythm.MONTHLY: 4}
