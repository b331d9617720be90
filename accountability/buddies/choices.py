"""Fixed sets of values of buddies."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: How long each can still read (and export) what was shared, after the pair ended or they left it.
KEPT_FOR = timedelta(days=30)
#: How long a request waits for its answer, and how long its row stays after it was answered.
LAPSES_AFTER = timedelta(days=30)
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


class Way(models.TextChoices):
    """How somebody was asked to be a buddy."""

    LISTED = "listed", _("from the list of a cohort")
    ADDRESS = "address", _("by e-mail address")


class RequestState(models.TextChoices):
    """Where a request stands. `TRANSITIONS` says how it moves on."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("did not come about")
    WITHDRAWN = "withdrawn", _("taken back")
    LAPSED = "lapsed", _("no longer open")


#: From each state to the states that may follow. What is answered stays answered.
TRANSITIONS: dict[str, frozenset[str]] = {
    RequestState.OPEN: frozenset(RequestState) - {RequestState.OPEN},
    RequestState.ACCEPTED: frozenset(),
    RequestState.DECLINED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
    RequestState.LAPSED: frozenset(),
}


class WhyNot(models.TextChoices):
    """Why nobody was asked, or no pair came about, in words for the person who pressed the button."""

    PAIRED = "paired", _("You have a buddy already. Nothing was sent.")
    ASKED = "asked", _("You have asked somebody already. Take that request back first.")
    YOURSELF = "yourself", _("This is your own address. Nothing was sent.")
    NOT_NOW = "not_now", _("This person cannot be asked at the moment. Nothing was sent.")
    TOO_MANY = (
        "too_many",
        _("You have asked five times today. Nothing was sent; ask again tomorrow."),
    )
    ASKS_YOU = "asks_you", _("This person has asked you, too. You can say yes to their request.")
    WITHDRAWN = "withdrawn", _("The request was taken back meanwhile. Nothing has changed.")
    CLOSED = "closed", _("This request is no longer open. Nothing has changed.")
    NO_PAIR = "no_pair", _("A pair cannot come about at the moment. Nothing has changed.")


class AgreementState(models.TextChoices):
    """Where one text of an agreement stands. `AGREEMENT_TRANSITIONS` says how it moves on; one taken back is deleted."""

    PROPOSED = "proposed", _("proposed")
    IN_FORCE = "in_force", _("in force")
    ANSWERED = "answered", _("another text was written instead")
    EARLIER = "earlier", _("was in force before")


AGREEMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    AgreementState.PROPOSED: frozenset({AgreementState.IN_FORCE, AgreementState.ANSWERED}),
    AgreementState.IN_FORCE: frozenset({AgreementState.EARLIER}),
    AgreementState.ANSWERED: frozenset(),
    AgreementState.EARLIER: frozenset(),
}


class Weekday(models.IntegerChoices):
    """Days of the week, counted as Python does."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
