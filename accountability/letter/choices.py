"""Fixed sets of values of the letter."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: The number of what is being written. Published versions are counted from one.
DRAFT = 0
LONGEST_PART = 10_000  # letters
LONGEST_CHANGE = 600
LONGEST_PLEDGE = 400
LONGEST_REASON = 600
#: Pledges that an organization can make for each part; one is needed.
MOST_PLEDGES = 3
#: How far ahead a pledge may lie.
FURTHEST = timedelta(days=20 * 366)
#: How long a signature that no second person has confirmed is kept under a version that is not the current one.
UNCONFIRMED_KEPT_FOR = timedelta(days=90)
#: From how many public names on the page has a field to look for one.
MANY = 30
A_PAGE = 200


class Part(models.TextChoices):
    """The two parts of the letter: how we work, and what becomes of it."""

    PROCESS = "process", _("Process")
    OUTCOME = "outcome", _("Outcome")
