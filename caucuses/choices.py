"""Named sets of caucuses: ways in, listing, how long words are kept, how far a proposal is, what happened in the room."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Joining(models.TextChoices):
    """How people come into a caucus."""

    OPEN = "open", _("open to anyone who reads the purpose and chooses to join")
    REQUEST = "request", _("by asking a facilitator")
    INVITATION = "invitation", _("by invitation")


class Keeping(models.TextChoices):
    """How long what is said in a caucus is kept."""

    KEEP = "keep", _("until somebody deletes it")
    DAYS_90 = "90_days", _("90 days")
    COHORT = "cohort", _("until a cohort ends")


class ProposalState(models.TextChoices):
    """How far a proposal to change the agreement is."""

    OPEN = "open", _("being considered")
    ADOPTED = "adopted", _("adopted")
    DROPPED = "dropped", _("not adopted")


class StanceKind(models.TextChoices):
    """What a member says to a proposal."""

    AGREE = "agree", _("agrees")
    OBJECT = "object", _("objects")


class Happening(models.TextChoices):
    """What the room's own log can say."""

    OPENED = "opened", _("The room was opened.")
    AGREEMENT = "agreement", _("The agreement was changed.")
    NOT_ADOPTED = "not_adopted", _("A proposal was not adopted.")
    FACILITATES = "facilitates", _("A member began to facilitate.")
    STEPPED_BACK = "stepped_back", _("A facilitator stepped back.")
    REMOVED = "removed", _("A member was removed.")
    HIDDEN = "hidden", _("A post was hidden.")
    SHOWN = "shown", _("A post was shown again.")
    CLOSED = "closed", _("A conversation was closed.")
    REOPENED = "reopened", _("A conversation was opened again.")
    MEETING = "meeting", _("A meeting was called.")
    MEETING_CHANGED = "meeting_changed", _("A meeting was changed.")
    CALLED_OFF = "called_off", _("A meeting was called off.")
    RELEASED = "released", _("A note was released to the whole group.")
    TAKEN_BACK = "taken_back", _("A released note was taken back.")


#: Ninety days of `Keeping.DAYS_90`.
KEPT_FOR = timedelta(days=90)
#: How long a proposal stands before it is adopted without everybody's word.
CONSIDERED_FOR = timedelta(days=3)
#: How long a bring-back note stays inside after its last change: least, usual, most, in days.
WAIT_DAYS = (1, 7, 30)
#: How long an invitation is open, and how long the page for somebody who was removed.
INVITED_FOR = timedelta(days=14)
PARTED_FOR = timedelta(days=30)
