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
#: How long a declined request stands with its answer, and how long somebody who was removed cannot come in by themselves.
ANSWERED_FOR = timedelta(days=30)
BARRED_FOR = timedelta(days=365)
#: How long a seat waits for who took it and never accepted, and after how long a facilitator who has not accepted anew counts as away.
WAITS_FOR = timedelta(days=30)
AWAY_AFTER = timedelta(days=14)


class WhyNot(models.TextChoices):
    """Why somebody could not come in, or a facilitator not do what they wanted. Nothing was done then."""

    CHANGED = (
        "changed",
        _(
            "How people come into this caucus has just changed. Nothing was sent; look at the door again."
        ),
    )
    REMOVED = (
        "removed",
        _(
            "You were removed from this caucus. A facilitator of it can invite you again; you cannot come in by yourself."
        ),
    )
    ASKED = (
        "asked",
        _("You have asked already, and wait for an answer. What you typed now was not sent."),
    )
    DECLINED = (
        "declined",
        _("You have an answer from the facilitators already. What you typed now was not sent."),
    )
    ANSWERED = (
        "answered",
        _(
            "Your request is not open any more: it was answered meanwhile, or you took it back before."
        ),
    )
    NOT_INVITED = (
        "not_invited",
        _(
            "This invitation is not open any more: it was used, taken back, or has expired. Nothing was done."
        ),
    )
    WITHDRAWN = (
        "withdrawn",
        _(
            "This request is not open any more: it was taken back, or another facilitator has answered it. Nothing was done."
        ),
    )
    TOO_MANY_ROOMS = (
        "too_many_rooms",
        _(
            "You have opened five caucuses within a day. What you typed still stands here; open this one tomorrow."
        ),
    )
    TOO_MANY_INVITED = (
        "too_many_invited",
        _(
            "You have sent twenty invitations within a day. This one was not sent and still stands here; send it tomorrow."
        ),
    )
    TOO_MANY_MAILS = (
        "too_many_mails",
        _(
            "Three invitations by mail within a day is the most for one facilitator. This one was not sent and still stands here; send it tomorrow, or without a mail."
        ),
    )
    ROOM_MAILED = (
        "room_mailed",
        _(
            "This room has sent five invitations by mail within 14 days, which is the most. This one was not sent and still stands here; send it later, or without a mail."
        ),
    )
    AGAIN = "again", _("Nothing was done yet. What you typed still stands here; press once more.")
