"""Sets of values and limits of `cohorts`."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Presence(models.TextChoices):
    """Whether somebody was at a meeting. It is said or noted, never counted."""

    THERE = "there", _("was there")
    NOT_THERE = "not_there", _("was not there")
    EXCUSED = "excused", _("could not come")


class Rhythm(models.TextChoices):
    """Whether the same meeting is called again."""

    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")


#: Weeks from one meeting to the next.
WEEKS = {Rhythm.ONCE: 0, Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}
#: So many meetings are called at once, at most.
MOST_AT_ONCE = 12
LONGEST_TITLE = 120  # characters
LONGEST_PLACE = 300
LONGEST_LINK = 500
LONGEST_AGENDA = 10_000
#: A meeting is called for a day within this time from now, and noted afterwards within the same time.
AHEAD = BEHIND = timedelta(days=730)
#: How long attendance is kept after the last day of the cohort.
ATTENDANCE_KEPT_FOR = timedelta(days=30)
