"""What others than the two may learn of pairs and promises: numbers, by cohort, and nothing else.

The only door of accountability to insights. Each function answers with a number, or numbers by a fixed set of names; no id of a person,
pair or commitment and no word leaves here but the ids of those whom others can see there anyway (`shown_…`). `those_…` answer with
somebody to ask how many of some people it is. The numbers are exact: whoever shows one asks `core.suppression` first.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.buddies.models import Pair
from accountability.checkins.counting import check_ins_happened
from accountability.commitments.choices import NOT_YET, Level, State
from accountability.commitments.counting import (
    people_by_level_and_state,
    shown_on_levels,
    those_by_level_and_state,
)
from accountability.letter.counting import signatures
from cohorts.models import Cohort
from core.suppression import HowMany

#: Levels and states of commitments with their labels, in the order of a table. `NOT_YET`: nothing was said of how it goes.
LEVELS: dict[str, str | Promise] = dict(Level.choices)
STATES: dict[str, str | Promise] = {NOT_YET: _("Nothing said yet"), **dict(State.choices)}


def pairs_open(cohort: Cohort) -> int:
    """How many pairs (a trio counts as one) that were formed in the cohort go on now. Unit: pairs."""
    return Pair.objects.open().filter(cohort=cohort).count()


def pairs_that_checked_in(cohort: Cohort, since: datetime, until: datetime | None = None) -> int:
    """In how many pairs of the cohort a check-in happened since then, and before `until` where that is given. Unit: pairs."""
    return check_ins_happened(cohort, since, until)


def commitments_by(cohort: Cohort) -> dict[tuple[str, str], int]:
    """How many people of the cohort have a commitment on each level in each state. Unit: people, once in each place."""
    return people_by_level_and_state(cohort)


def letter_signatures() -> dict[str, int]:
    """Who signed the current version of the public letter: people, organizations, people who show their name. Units as named."""
    return signatures()


def those_with_commitments(cohort: Cohort) -> dict[tuple[str, str], HowMany]:
    """For each level and state in which anybody of the cohort stands: how many of some people do. Unit: people."""
    return those_by_level_and_state(cohort)


def shown_with_commitments(cohort: Cohort) -> dict[str, frozenset[UUID]]:
    """Whose commitments on each level the cohort or everybody can read."""
    return shown_on_levels(cohort)
