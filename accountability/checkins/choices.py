"""Fixed sets of values of check-ins, and how long things last."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: How long before a check-in those who have not handed in are told.
TOLD_BEFORE = timedelta(hours=24)
#: The date of a check-in is moved to within this time from now.
MOVED_AT_MOST = timedelta(days=60)
#: Check-ins in a row without a word from somebody, after which each is asked how it is going.
QUIET_ROUNDS = 2
#: A check-in is looked at this long after it was settled, so that who writes a little later is in time.
LOOKED_AFTER = timedelta(days=1)
#: How long each has to answer when asked how it is going.
ANSWER_WITHIN = timedelta(days=7)
#: How long a text that could not be handed in, and what a third one wrote who has left, is kept.
KEPT_FOR = timedelta(days=30)

LONGEST_ANSWER = 5_000  # characters, for each of the four questions
LONGEST_NOTES = 10_000
LONGEST_TITLE = 300


class SignKind(models.TextChoices):
    """What somebody can do at a check-in without writing."""

    SKIPS = "skips", _("skips this one")
    MOVED = "moved", _("moved the date")


class Answer(models.TextChoices):
    """What somebody wishes who was asked how it is going. Stored sealed."""

    GO_ON = "go_on", _("Go on as we are")
    RHYTHM = "rhythm", _("Another rhythm")
    REST = "rest", _("Rest for a while")
    LOOK = "look", _("Look for a new partner")
