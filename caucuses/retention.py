"""How long the words of a room are kept, by the agreement in force: until when, and what the pages say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import PositiveIntegerField, QuerySet, UUIDField
from django.utils import timezone

from caucuses.choices import KEPT_FOR, Keeping
from caucuses.models import Agreement, Caucus
from caucuses.terms import Terms
from cohorts.models import Cohort
from core.crypto import alerts
from core.crypto.envelope import CannotOpen
from core.crypto.keyring import KeyMissing
from core.prepared import Given, Prepared

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Going:
    """When what is said goes. `days` after it was said; or all on `all_goes_on`, with the end of a cohort; or not by itself.

    `oldest_goes_on` is of what the reader has before them. `is_unknown`: what the room agreed on cannot be opened.
    """

    days: int = 0
    oldest_goes_on: date | None = None
    ends_with_cohort: bool = False
    all_goes_on: date | None = None
    is_unknown: bool = False


def _in_force() -> QuerySet[Agreement]:
    number = Given("number", PositiveIntegerField())
    rows = Agreement.objects.filter(caucus=Given("caucus", UUIDField()), number=number)
    return rows.only("caucus", "number", "terms")


_AGREEMENT = Prepared(_in_force)


def terms_of(caucus: Caucus) -> Terms | None:
    """The terms in force; None, and a word to the operators, where they cannot be opened or read."""
    agreement = _AGREEMENT.first(caucus=caucus.pk, number=caucus.agreement)
    if agreement is None:
        alerts.could_not_open(caucus)
        return None
    try:
        return Terms.from_json(str(agreement.terms))
    except (CannotOpen, KeyMissing, ValueError, KeyError, TypeError, AttributeError):
        alerts.could_not_open(agreement)
        return None


def goes_before(terms: Terms, now: datetime) -> datetime | None:
    """What was said before this moment goes now; None where nothing goes.

    A cohort ends with its last day; what is said in the room after that is not of its time, and stays.
    """
    if terms.keeping == Keeping.DAYS_90:
        return now - KEPT_FOR
    if terms.keeping == Keeping.COHORT:
        day = _after_the_end(terms)
        moment = _beginning_of(day) if day else None
        return moment if moment is not None and moment <= now else None
    return None


def going(caucus: Caucus, oldest: Callable[[], datetime | None]) -> Going:
    """What a page says of it, beneath which something that was said at `oldest` stands (None: nothing yet); asked where it is said."""
    terms = terms_of(caucus)
    if terms is None:
        return Going(is_unknown=True)
    if terms.keeping == Keeping.DAYS_90:
        said_at = oldest()
        last = timezone.localdate(said_at + KEPT_FOR) if said_at else None
        return Going(days=KEPT_FOR.days, oldest_goes_on=last)
    if terms.keeping == Keeping.COHORT:
        return Going(ends_with_cohort=True, all_goes_on=_after_the_end(terms))
    return Going()


def _after_the_end(terms: Terms) -> date | None:
    """The day after the last one of the cohort; None where it has no end, or is no more."""
    if terms.cohort is None:
        return None
    ends_on = Cohort.objects.filter(pk=terms.cohort).values_list("ends_on", flat=True).first()
    return ends_on + ONE_DAY if ends_on else None


def _beginning_of(day: date) -> datetime:
    """Midnight in the initiative's own time zone."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
