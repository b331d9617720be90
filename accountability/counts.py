"""What others than the two may learn of pairs and promises: numbers, by cohort, and nothing else.

The only door of accountability to insights. Each function answers with a number, or numbers by a fixed set of names; no id of a person,
pair or commitment and no word leaves here. The numbers are exact: whoever shows one asks `core.suppression` first.
"""

from __future__ import annotations

from datetime import datetime

from accountability.buddies.models import Pair
from accountability.checkins.counting import check_ins_happened
from accountability.commitments.counting import people_by_level_and_state
from accountability.letter.counting import signatures
from cohorts.models import Cohort


def pairs_open(cohort: Cohort) -> int:
    """How many pairs (a trio counts as one) that were formed in the cohort go on now. Unit: pairs."""
    return Pair.objects.open().filter(cohort=cohort).count()


def pairs_that_checked_in(cohort: Cohort, since: datetime) -> int:
    """In how many pairs of the cohort a check-in happened since then. Unit: pairs."""
    return check_ins_happened(cohort, since)


def commitments_by(cohort: Cohort) -> dict[tuple[str, str], int]:
    """How many people of the cohort have a commitment on each level in each state. Unit: people, once in each place."""
    return people_by_level_and_state(cohort)


def letter_signatures() -> dict[str, int]:
    """Who signed the current version of the public letter: people, organizations, people who show their name. Units as named."""
    return signatures()
