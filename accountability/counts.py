"""What others than the two may learn of pairs and promises: numbers, by cohort, and nothing else.

The only door of accountability to insights. Each function answers with a number, or numbers by a fixed set of names; no id of a person,
pair or commitment and no word leaves here. The numbers are exact: whoever shows one asks `core.suppression` first.
"""

from __future__ import annotations

from accountability.buddies.models import Pair
from cohorts.models import Cohort


def pairs_open(cohort: Cohort) -> int:
    """How many pairs (a trio counts as one) that were formed in the cohort go on now. Unit: pairs."""
    return Pair.objects.open().filter(cohort=cohort).count()
