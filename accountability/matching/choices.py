"""Fixed sets of values of matching."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

#: How long a match waits for the answers of all who are in it.
WAITS_FOR = timedelta(days=14)
#: How long each can still see that a match did not come about, or that nobody was found.
SHOWN_FOR = timedelta(days=30)
#: How long an organizer can look at a preview.
PREVIEW_KEPT_FOR = timedelta(days=1)
#: So many previews of a cohort a day, whoever asks: from many, with a little changed each time, limits could be told.
PREVIEWS_A_DAY = 3
#: Of a round of fewer people no preview is made and no number is shown: of two who are left over, anybody knows why.
LEAST_PREVIEWED = 5
#: A preview of fewer people says how many pairs there are, and no names.
LEAST_NAMED = 10
#: So few people are in a round of an organizer once in this time: what a second start answers would tell what the first did.
FEW_AGAIN_AFTER = timedelta(days=1)
#: Fewer pairs of people that limits kept apart are not spoken of: whoever knows the cohort could tell whose they are.
LEAST_LIMITS_SPOKEN_OF = 5


class RoundState(models.TextChoices):
    """Where a round stands."""

    WAITING = "waiting", _("waits for the worker")
    SOLVING = "solving", _("the worker is at it")
    DONE = "done", _("everybody has been told")
    FAILED = "failed", _("could not be finished")


class SeatState(models.TextChoices):
    """What one member says to a match, or what became of it."""

    OPEN = "open", _("waits for your answer")
    ACCEPTED = "accepted", _("you have said yes")
    DECLINED = "declined", _("you have said no")
    LAPSED = "lapsed", _("you have not answered in 14 days")
    FREED = "freed", _("the match did not come about")
    PAIRED = "paired", _("you have become buddies")


#: The match still waits for somebody.
UNDER_WAY = (SeatState.OPEN, SeatState.ACCEPTED)

ROUND_TRANSITIONS: Mapping[str, frozenset[str]] = {
    RoundState.WAITING: frozenset({RoundState.SOLVING, RoundState.FAILED}),
    RoundState.SOLVING: frozenset({RoundState.SOLVING, RoundState.DONE, RoundState.FAILED}),
    RoundState.DONE: frozenset(),
    RoundState.FAILED: frozenset(),
}
#: The work of a round or a preview that is not over.
RUNNING = (RoundState.WAITING, RoundState.SOLVING)
SEAT_TRANSITIONS: Mapping[str, frozenset[str]] = {
    SeatState.OPEN: frozenset(
        {SeatState.ACCEPTED, SeatState.DECLINED, SeatState.LAPSED, SeatState.FREED}
    ),
    SeatState.ACCEPTED: frozenset({SeatState.PAIRED, SeatState.DECLINED, SeatState.FREED}),
    SeatState.DECLINED: frozenset(),
    SeatState.LAPSED: frozenset(),
    SeatState.FREED: frozenset(),
    SeatState.PAIRED: frozenset(),
}


class Part(models.TextChoices):
    """A part of a day, in one's own time zone."""

    MORNING = "m", _("Morning")
    MIDDAY = "d", _("Midday")
    EVENING = "e", _("Evening")


#: From which hour to which. One can meet at any time within it.
HOURS: Mapping[str, tuple[int, int]] = {
    Part.MORNING: (8, 12),
    Part.MIDDAY: (12, 17),
    Part.EVENING: (17, 21),
}


class Weekday(models.IntegerChoices):
    """A day of the week, as `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Spoken(models.TextChoices):
    """Languages in which people may want to talk with a buddy."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    ASL = "ase", _("American Sign Language")
    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")
    FRENCH = "fr", _("French")
    HAITIAN = "ht", _("Haitian Creole")
    HMONG = "hmn", _("Hmong")
    KOREAN = "ko", _("Korean")
    PORTUGUESE = "pt", _("Portuguese")
    RUSSIAN = "ru", _("Russian")
    SOMALI = "so", _("Somali")
    TAGALOG = "tl", _("Tagalog")
    VIETNAMESE = "vi", _("Vietnamese")


class Topic(models.TextChoices):
    """What somebody wants to work on with a buddy."""

    TALKS = "talks", _("conversations that are hard to begin")
    OWN = "own", _("my own habits and blind spots")
    POLICY = "policy", _("changing a rule or a practice at work")
    MONEY = "money", _("budgets, contracts, pay and hiring")
    POWER = "power", _("sharing decisions with residents")
    DATA = "data", _("what we count, and for whom")
    REPAIR = "repair", _("repairing harm")
    STAYING = "staying", _("keeping at it without burning out")


class Outside(models.TextChoices):
    """Whether the buddy should work elsewhere."""

    ANY = "any", _("It does not matter to me")
    RATHER = "rather", _("I would rather have somebody from outside my organization")
    ONLY = "only", _("Only somebody from outside my organization")
