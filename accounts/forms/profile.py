"""The form of the member's own profile."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User


@cache
def time_zones() -> list[tuple[str, str]]:
    """Every time zone with a place in its name, and UTC. Looking through the files of zones takes a while: once a process."""
    zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
    return [(zone, zone.replace("_", " ")) for zone in zones]


class ProfileForm(forms.ModelForm):
    """What a member says about themselves."""

    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Dates are shown in it."))
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "chosen_name",
            "pronouns",
            "organization",
            "time_zone",
            "language",
        ]

    def __init__(self, *args: Any, languages: Sequence[str] = (), **kwargs: Any) -> None:
        """`languages` are the codes that the initiative offers; without any, all that the site speaks."""
        super().__init__(*args, **kwargs)
        self.fields["organization"].help_text = _(
            "Where you work or belong. Whoever is known there, or the backbone team, says first whether you may speak for it; naming another one begins anew."
        )
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]
        offered = [row for row in settings.LANGUAGES if row[0] in languages or not languages]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("As the browser wishes")),
            *offered,
        ]

    def save(self, commit: bool = True) -> User:
        """Write what was changed and nothing else, so that two windows do not undo each other."""
        member: User = self.instance
        if commit and self.changed_data:
            member.save(update_fields=self.changed_data)
        return member
