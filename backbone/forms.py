"""Forms of the desk about people: finding them, roles, seats, bodies, suspending."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import RoleKind
from accounts.models import Body, User
from cohorts.models import Cohort
from core.clock import today_here
from core.text import strip_control

LONGEST_REASON = 300
LONGEST_WHY = 2_000
ANY = "any"
SUSPENDED = "suspended"
DAY_HAS_COME = gettext_lazy("This day has come already. Choose a later one, or none.")


class PeopleForm(forms.Form):
    """Which people the list shows. An address that is typed stands in no log: logs name the pattern of an address alone."""

    q = forms.CharField(label=gettext_lazy("Name or address"), max_length=200, required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    cohort = forms.ModelChoiceField(
        Cohort.objects.all(),
        label=gettext_lazy("Cohort"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("All"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *RoleKind.choices,
            (ANY, _("Any role")),
            (SUSPENDED, _("Suspended")),
        ]


def _reason(words: Any, longest: int, rows: int, required: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=words,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class RoleForm(forms.Form):
    """A role for a member, and why. Only roles that they do not hold are offered."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Role"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a role. Nothing was given."),
            "invalid_choice": gettext_lazy(
                "They hold this role already, perhaps by another of you a moment ago. Nothing was given."
            ),
        },
    )
    reason = _reason(
        gettext_lazy("The person reads it, and the backbone team."),
        LONGEST_REASON,
        3,
        gettext_lazy("Say why; the person reads it. Nothing was given."),
    )

    def __init__(self, *args: Any, held: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        """`held` are the roles that the member has already."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (value, label) for value, label in RoleKind.choices if value not in held
        ]


class RoleEndForm(forms.Form):
    """Why a role ends."""

    reason = _reason(
        gettext_lazy("The person reads it, and the backbone team."),
        LONGEST_REASON,
        3,
        gettext_lazy("Say why; the person reads it. Nothing was ended."),
    )


class SeatForm(forms.Form):
    """A seat that is offered to a member."""

    body = forms.ModelChoiceField(
        Body.objects.all(),
        label=gettext_lazy("Body"),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose a body"),
        error_messages={"required": gettext_lazy("Choose a body. Nothing was offered.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Name of the seat"),
        help_text=gettext_lazy("Such as “Hospitals” or “Lived experience”. Only the person and the members of the body read it."),
        max_length=120,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        """`member` is to whom it is offered."""
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_body(self) -> Body:
        """A body in which they hold no seat, and are offered none: a second one would change nothing."""
        body: Body = self.cleaned_data["body"]
        if self.member.seats.filter(body=body, ended_at__isnull=True).exists():
            raise ValidationError(_("They hold a seat in this body, or are offered one, already. Nothing was offered."))  # fmt: skip
        return body


class FacilitatorForm(forms.Form):
    """The cohort that a member is to facilitate."""

    cohort = forms.ModelChoiceField(
        Cohort.objects.none(),
        label=gettext_lazy("A cohort to facilitate"),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose a cohort"),
        error_messages={"required": gettext_lazy("Choose a cohort. Nothing was changed.")},
    )

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        """`cohorts` are those that may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]


class SuspensionForm(forms.Form):
    """Why an account is to be closed, and until when."""

    reason = _reason(
        gettext_lazy("What happened, in words that the person can read: once it is confirmed they do. The backbone team reads it, too."),
        LONGEST_WHY,
        6,
        gettext_lazy("Say why; the person has a right to read it. Nothing was asked for."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Opens again on"),
        help_text=gettext_lazy("On this day it opens by itself. Without one it stays closed until one of you opens it."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def clean_reason(self) -> str:
        """Without control characters."""
        return strip_control(self.cleaned_data["reason"])

    def clean_until(self) -> date | None:
        """A day after today."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until <= today_here():
            raise ValidationError(DAY_HAS_COME)
        return until


class BodyForm(forms.ModelForm):
    """Name and purpose of a body, and which ones its writer had before them."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Body
        fields: ClassVar[list[str]] = ["name", "purpose"]
        widgets: ClassVar[dict[str, Any]] = {"purpose": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar[dict[str, Any]] = {
            "name": gettext_lazy("Such as “Steering committee”. Public."),
            "purpose": gettext_lazy("What it decides, in one or two sentences. Public."),
        }

    @property
    def words(self) -> dict[str, str]:
        """Name and purpose as they were typed."""
        return {name: self.cleaned_data[name] for name in ("name", "purpose")}
