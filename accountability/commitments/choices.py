"""Fixed sets of values of commitments: kinds, circles of readers and how one changes to another, states of progress."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Days after the first reminder of a review date until the second and last one.
REMINDED_AGAIN_AFTER = timedelta(days=14)
#: The hour on the owner's wall at which a review date is due.
REMINDED_AT_HOUR = 9
#: A review date this near (or past) stands on Today.
NEAR = timedelta(days=7)


class Kind(models.TextChoices):
    """What is said."""

    COMMITMENT = "commitment", _("Commitment")
    STAND = "stand", _("Stand taken")
    ACKNOWLEDGMENT = "acknowledgment", _("Acknowledgment of harm")


class Circle(models.TextChoices):
    """Who may read it, narrowest first."""

    ME = "me", _("Only me")
    BUDDY = "buddy", _("My buddy")
    COHORT = "cohort", _("My cohort")
    PUBLIC = "public", _("Everybody")


#: Narrowest first.
ORDER: tuple[str, ...] = (Circle.ME, Circle.BUDDY, Circle.COHORT, Circle.PUBLIC)
#: Circles for which a published copy is written.
PUBLISHED = frozenset({Circle.COHORT.value, Circle.PUBLIC.value})
#: Circles in which the owner's buddy reads along.
WITH_BUDDY = frozenset({Circle.BUDDY.value, *PUBLISHED})


class Step(models.TextChoices):
    """How one circle becomes another."""

    NARROWS = "narrows", _("fewer people will see it, at once")
    WIDENS = "widens", _("more people will see it, after one more question")


#: Which circle may become which, and how. A circle of another cohort is a wider one: other people will read.
CHANGES: dict[tuple[str, str], Step] = {
    (before, after): Step.NARROWS if ORDER.index(after) < ORDER.index(before) else Step.WIDENS
    for before in ORDER
    for after in ORDER
    if before != after or before == Circle.COHORT
}


class Level(models.TextChoices):
    """On which level it changes something; the words are those of the lessons."""

    PERSONAL = "personal", _("Personal: what I think, feel and do")
    STRUCTURAL = "structural", _("Structural: policies, practices, money")
    RELATIONAL = "relational", _("Relational: trust, power between people")
    TRANSFORMATIVE = "transformative", _("Transformative: what is held to be normal")


class State(models.TextChoices):
    """How it goes, in the owner's own judgment. None is better than another; nothing colors or counts them."""

    MOVING = "moving", _("Moving")
    STUCK = "stuck", _("Stuck")
    KEPT = "kept", _("Kept")
    CHANGED = "changed", _("Changed")
    REPAIRING = "repairing", _("Caused harm, repairing")


#: Nobody has said yet how it goes.
NOT_YET = ""


class SecondPerson(Enum):
    """Who can be the second person who confirms a role."""

    COLLEAGUE = "colleague"  # another one who speaks for the organization
    NOBODY = "nobody"  # only who created it speaks for it, so the backbone confirms
    UNKNOWN = "unknown"  # nobody speaks for it yet; that somebody belongs there is confirmed first


class WitnessState(models.TextChoices):
    """How far a witness is."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    LEFT = "left", _("Has left")
    REMOVED = "removed", _("Removed")


#: Leaving (and declining) is final: nobody is asked again after a no. Who was removed may be asked once more.
TRANSITIONS: dict[str, frozenset[str]] = {
    WitnessState.INVITED: frozenset(
        {WitnessState.ACCEPTED, WitnessState.LEFT, WitnessState.REMOVED}
    ),
    WitnessState.ACCEPTED: frozenset({WitnessState.LEFT, WitnessState.REMOVED}),
    WitnessState.LEFT: frozenset(),
    WitnessState.REMOVED: frozenset({WitnessState.INVITED}),
}
#: Those who are, or may yet become, witnesses.
THERE = frozenset({WitnessState.INVITED.value, WitnessState.ACCEPTED.value})
