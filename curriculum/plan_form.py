"""The form with a cohort's plan: one day for each module, empty where the cohort does not read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.desk_forms import DayField
from cohorts.models import Cohort
from curriculum.planning import PlanLine, mark_of


class PlanForm(forms.Form):
    """The days of a plan, and which plan its writer had before them."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, cohort: Cohort, lines: Sequence[PlanLine], data: Any = None) -> None:
        now = {line.module.pk: line.opens_on for line in lines}
        initial = {_name(pk): day for pk, day in now.items()}
        super().__init__(data, initial={"seen": mark_of(now), **initial})
        self.cohort, self.lines = cohort, list(lines)
        for line in lines:
            self.fields[_name(line.module.pk)] = DayField(
                label=line.module.title, help_text=_help(line), required=False
            )

    @property
    def days(self) -> dict[int, date | None]:
        """The day of each module, None where there is none."""
        return {line.module.pk: self.cleaned_data.get(_name(line.module.pk)) for line in self.lines}

    @property
    def rows(self) -> list[tuple[forms.BoundField, PlanLine]]:
        """Each module's field, with the module and its day as it stands."""
        return [(self[_name(line.module.pk)], line) for line in self.lines]

    def typed_again(self) -> PlanForm:
        """A form with what was typed here, over the plan as it stands now."""
        data = {name: self.data.get(name, "") for name in self.fields if name != "seen"}
        now = {line.module.pk: line.opens_on for line in self.lines}
        return PlanForm(self.cohort, self.lines, {**data, "seen": mark_of(now)})

    def clean(self) -> dict[str, Any]:
        """Each day that was changed lies between the first and the last day of the cohort."""
        data = super().clean() or {}
        for line in self.lines:
            day = data.get(_name(line.module.pk))
            if day and day != line.opens_on and (problem := self._outside(day)):
                self.add_error(_name(line.module.pk), ValidationError(problem))
        return data

    def _outside(self, day: date) -> str:
        if day < self.cohort.starts_on:
            said = {"day": date_format(self.cohort.starts_on, "DATE_FORMAT")}
            return _("The cohort begins on %(day)s. Choose that day or a later one.") % said
        if self.cohort.ends_on and day > self.cohort.ends_on:
            said = {"day": date_format(self.cohort.ends_on, "DATE_FORMAT")}
            return _("The cohort ends on %(day)s. Choose that day or an earlier one.") % said
        return ""


def _name(module_id: int) -> str:
    return f"m{module_id}-opens_on"


def _help(line: PlanLine) -> Any:
    if line.module.live:
        return ""
    return gettext_lazy("Not published now: its day is kept, and nobody sees it.")
