"""When the cohorts of a member begin a module, said on the day that the member's own clock shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.models.progress import Opening

Line = TypeVar("Line", bound=Any)  # of the outline, which imports this module


@dataclass(frozen=True)
class CohortOpening:
    """The day from which one cohort reads a module, seen from the member's today."""

    cohort: str
    opens_on: date
    today: date

    @property
    def words(self) -> str:
        """“Spring reads this from September 14”, with the year when it is another one."""
        this_year = self.opens_on.year == self.today.year
        day = date_format(self.opens_on, "MONTH_DAY_FORMAT" if this_year else "DATE_FORMAT")
        return _("%(cohort)s reads this from %(day)s") % {"cohort": self.cohort, "day": day}

    @property
    def wait(self) -> str:
        """“opens in 3 days”; empty once it has begun. It closes nothing: members may read ahead."""
        days = (self.opens_on - self.today).days
        if days <= 0:
            return ""
        if days == 1:
            return _("opens tomorrow")
        return ngettext("opens in %(days)s day", "opens in %(days)s days", days) % {"days": days}


def with_openings(modules: Iterable[Line], member: Any) -> list[Line]:
    """These modules with the days of the member's own cohorts: one query, none for the signed-out."""
    modules = list(modules)
    if not member.is_authenticated or not modules:
        return modules
    today, found = timezone.localdate(), defaultdict(list)
    for opening in Opening.objects.of(member).filter(
        module_id__in=[module.origin_id for module in modules]
    ):
        line = CohortOpening(opening.cohort.name, opening.opens_on, today)
        found[opening.module_id].append(line)
    return [replace(module, openings=tuple(found[module.origin_id])) for module in modules]
