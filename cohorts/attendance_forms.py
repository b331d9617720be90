"""The form in which a facilitator notes who was at a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from cohorts.actions import Noted
from cohorts.choices import Presence
from cohorts.meeting_reading import Line


class AttendanceForm(forms.Form):
    """Who was there: one choice for each person of whom nothing was said by themselves, and what its reader had seen."""

    CHOICES = (
        ("", gettext_lazy("not noted")),
        (Presence.THERE, Presence.THERE.label),
        (Presence.NOT_THERE, Presence.NOT_THERE.label),
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        """`lines` are the people, with what stands of each."""
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.lines = lines
        for line in self._open:
            state = line.row.state if line.row else ""
            self.fields[f"state-{line.member.pk}"] = forms.ChoiceField(
                label=line.member.get_full_name(),
                choices=self.CHOICES,
                required=False,
                initial=state,
                widget=forms.RadioSelect,
            )
            self.fields[f"seen-{line.member.pk}"] = forms.ChoiceField(
                choices=self.CHOICES, required=False, initial=state, widget=forms.HiddenInput
            )

    @property
    def noted(self) -> dict[UUID, Noted]:
        """What was chosen of each person."""
        said = self.cleaned_data
        return {
            line.member.pk: Noted(said[f"state-{line.member.pk}"], said[f"seen-{line.member.pk}"])
            for line in self._open
        }

    @property
    def own_words(self) -> list[Line]:
        """Of whom stands what they said themselves."""
        return [line for line in self.lines if line.row is not None and line.row.is_own_word]

    @property
    def _open(self) -> list[Line]:
        return [line for line in self.lines if line.row is None or not line.row.is_own_word]
