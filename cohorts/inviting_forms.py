"""Forms for inviting: addresses, a link, a file."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import RoleKind
from cohorts.actions.bringing import MOST_ADDRESSES
from cohorts.actions.links import MOST_DAYS
from cohorts.models import Cohort
from cohorts.models.inviting import MOST_USES

LONGEST_LIST = 20_000  # letters
PARTICIPANT, FACILITATOR = "participant", "facilitator"
AS_WHAT = (
    (PARTICIPANT, gettext_lazy("Participant")),
    (FACILITATOR, gettext_lazy("Facilitator")),
)
IN_ANGLES = re.compile(r"<([^<>]*)>")


def addresses_in(text: str) -> list[str]:
    """The addresses in what somebody typed or pasted, each once, in their order; also those of “Name <address>”."""
    found: dict[str, None] = {}
    for part in re.split(r"[,;\r\n]+", text):
        inside = IN_ANGLES.search(part)
        for one in [inside[1].strip()] if inside else part.split():
            if one:
                found[one.lower()] = None
    return list(found)


class CohortInviteForm(forms.Form):
    """Whom to invite into a cohort, and as what."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One or several, each on a line of its own or with commas between them; at most 50 at once."),
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write at least one address; nobody was invited.")},
    )  # fmt: skip
    as_what = forms.ChoiceField(
        label=gettext_lazy("As what"), choices=AS_WHAT, initial=PARTICIPANT, widget=forms.RadioSelect
    )  # fmt: skip

    def clean_addresses(self) -> list[str]:
        """The addresses, each once. Raises ValidationError for none, and for too many."""
        found = addresses_in(self.cleaned_data["addresses"])
        if not found:
            raise ValidationError(_("Write at least one address; nobody was invited."))
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(
                _("These are %(many)d addresses, and at most 50 go at once. Nobody was invited. Send a file instead, or some of them first.")
                % {"many": len(found)}
            )  # fmt: skip
        return found

    def wanted(self) -> dict[str, Any]:
        """What the action takes, but for the cohort."""
        return {
            "addresses": self.cleaned_data["addresses"],
            "as_facilitator": self.cleaned_data["as_what"] == FACILITATOR,
        }


class InviteForm(CohortInviteForm):
    """Whom to invite to the initiative: with a role, into a cohort, both or neither."""

    cohort = forms.ModelChoiceField(
        label=gettext_lazy("Into which cohort"),
        queryset=Cohort.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        to_field_name="slug",
    )
    role = forms.ChoiceField(
        label=gettext_lazy("With which role"),
        help_text=gettext_lazy("A role is for the whole initiative. Whoever accepts the invitation holds it; the reason on record is “by invitation”."),
        choices=[("", gettext_lazy("None")), *RoleKind.choices],
        required=False,
    )  # fmt: skip
    field_order = ("addresses", "cohort", "as_what", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.not_over()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A facilitator needs a cohort."""
        data = super().clean() or self.cleaned_data
        if data.get("as_what") == FACILITATOR and not data.get("cohort") and "cohort" not in self.errors:  # fmt: skip
            self.add_error("cohort", _("A facilitator needs a cohort. Choose it; nobody was invited."))  # fmt: skip
        return data

    def wanted(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return super().wanted() | {"cohort": data["cohort"], "role": data["role"]}


class LinkForm(forms.Form):
    """For how many, and for how long."""

    most_uses = forms.IntegerField(
        label=gettext_lazy("How many people can join by it"),
        min_value=1,
        max_value=MOST_USES,
        initial=20,
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"), min_value=1, max_value=MOST_DAYS, initial=7
    )


class FileForm(forms.Form):
    """A file of people."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A table saved as CSV, at most 1 MB and 10 000 rows."),
        allow_empty_file=True,  # the reader has a sentence for it
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        error_messages={"required": gettext_lazy("No file was chosen.")},
    )
