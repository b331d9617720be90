"""The form of how notices are mailed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import register
from notices.choices import FIRST_RHYTHM, Rhythm
from notices.models import MailChoice, Preference

#: Quiet hours may take this much of a day, so that mail still gets out.
MOST_QUIET = timedelta(hours=22)


class PreferencesForm(forms.Form):
    """One rhythm for each kind of notice that the member can get, a pause for all, and quiet hours."""

    is_paused = forms.BooleanField(
        label=_("Pause all of it"),
        help_text=_("No mail about notices. They still wait for you on the site."),
        required=False,
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )

    def __init__(self, data: Any = None, *, member: Any) -> None:
        choice = MailChoice.objects.filter(member=member).first() or MailChoice(member=member)
        chosen = dict(Preference.objects.filter(member=member).values_list("kind", "rhythm"))
        self.kinds = {
            _field_name(kind.name): kind
            for kind in register.notice_kinds()
            if kind.concerns(member)
        }
        initial = {
            "is_paused": choice.is_paused,
            "quiet_from": choice.quiet_from and f"{choice.quiet_from:%H:%M}",
            "quiet_until": choice.quiet_until and f"{choice.quiet_until:%H:%M}",
            **{field: chosen.get(kind.name, FIRST_RHYTHM) for field, kind in self.kinds.items()},
        }
        super().__init__(data, initial=initial)
        for field, kind in self.kinds.items():
            self.fields[field] = forms.ChoiceField(
                label=str(kind.label), help_text=str(kind.when), choices=Rhythm.choices
            )

    def kind_fields(self) -> list[forms.BoundField]:
        """The fields of the kinds, for the template."""
        return [self[field] for field in self.kinds]

    def rhythms(self) -> dict[str, Rhythm]:
        """The chosen rhythm by name of the kind; for a valid form."""
        return {kind.name: Rhythm(self.cleaned_data[field]) for field, kind in self.kinds.items()}

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends, whole minutes, and leave some of the day."""
        data = super().clean() or {}
        for name in ("quiet_from", "quiet_until"):
            if data.get(name) is not None:
                data[name] = data[name].replace(second=0, microsecond=0)
        starts, ends = data.get("quiet_from"), data.get("quiet_until")
        if self.errors or (starts is None and ends is None):
            return data
        if starts is None or ends is None:
            missing = "quiet_from" if starts is None else "quiet_until"
            self.add_error(missing, _("Quiet hours need both a beginning and an end."))
        elif starts == ends:
            self.add_error("quiet_until", _("The end must differ from the beginning."))
        elif _length(starts, ends) > MOST_QUIET:
            self.add_error("quiet_until", _("Leave at least two hours of the day for mail."))
        return data


def _field_name(kind: str) -> str:
    return f"rhythm-{kind.replace('.', '-')}"


def _length(starts: time, ends: time) -> timedelta:
    day = datetime(2000, 1, 1)
    length = datetime.combine(day, ends) - datetime.combine(day, starts)
    return length if length > timedelta(0) else length + timedelta(days=1)
