"""A cohort that is over takes nothing new. Asked of its row as it stands now, which cannot end until the transaction is done."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cohorts.models import Cohort


class CohortIsOver(PermissionDenied):
    """The cohort has ended: nobody is invited into it, and nothing new is written in it. Nothing was done."""

    def __init__(self, cohort: Cohort) -> None:
        super().__init__(_("This cohort has ended. Nothing was posted or changed."))
        self.cohort = cohort


def held_open(cohort: Cohort) -> Cohort:
    """The cohort as it stands now, held: its end comes before this transaction or after it. Raises CohortIsOver."""
    rows = Cohort.objects.select_for_update(of=("self",), no_key=True)
    row: Cohort | None = rows.filter(pk=cohort.pk).first()
    if row is None or row.is_over:
        raise CohortIsOver(row or cohort)
    return row
