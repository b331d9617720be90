"""Fixed sets of values of care."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Of how many contacts a reporter chooses at least. One of those must be from outside.
LEAST_CONTACTS = 2
#: How long a closed report is kept.
CLOSED_KEPT_FOR = timedelta(days=365)
#: How long those who could read a report still see that it was withdrawn. Nothing of it is left by then.
WITHDRAWN_KEPT_FOR = timedelta(days=30)
#: Reports that one person can send, and the time in which.
MOST_REPORTS, REPORTS_WITHIN = 5, timedelta(days=1)
#: Messages of one side in one report, and the time in which.
MOST_NOTES, NOTES_WITHIN = 30, timedelta(hours=1)


class Wish(models.TextChoices):
    """What somebody who reports asks for."""

    LISTEN = "listen", _("Listen to me. Do nothing without me.")
    ADVISE = "advise", _("Advise me what I can do.")
    ACT = "act", _("Act, after we have spoken about how.")


class State(models.TextChoices):
    """How far a report is."""

    SENT = "sent", _("sent, not read yet")
    READ = "read", _("read")
    WORKING = "working", _("being worked on")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("a report of harm", "withdrawn")


#: What the contact may set when. Withdrawing is up to the person who wrote it, from any state.
TRANSITIONS: dict[str, tuple[State, ...]] = {
    State.SENT: (State.READ, State.WORKING, State.CLOSED),
    State.READ: (State.WORKING, State.CLOSED),
    State.WORKING: (State.CLOSED,),
    State.CLOSED: (State.WORKING,),
    State.WITHDRAWN: (),
}
