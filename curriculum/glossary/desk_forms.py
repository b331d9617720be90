"""The form in which the backbone writes down what a meeting decided."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from curriculum.glossary.choices import Outcome
from curriculum.glossary.models import Decision


class MeetingForm(forms.ModelForm):
    """What the action asks for. `seen_revision` is the text of the proposal that stood beside the form."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)  # fmt: skip

    class Meta:
        model = Decision
        fields: ClassVar[list[str]] = ["outcome", "decided_on", "present", "reason", "dissent", "next_review_on"]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "decided_on": _("Day of the meeting"), "present": _("Who was present"), "reason": _("Reason"),
            "dissent": _("What was said against it"), "next_review_on": _("Look at it again on"),
        }  # fmt: skip
        help_texts: ClassVar[dict[str, Any]] = {
            "present": _("By name, as in the minutes. Members read this."),
            "reason": _("Needed when it was declined: the proposal is archived with it."),
            "dissent": _("Stands beside the definition, for everybody. Name no person who does not want to be named."),
            "next_review_on": _("May stay empty."),
        }  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "decided_on": AdminDateInput, "next_review_on": AdminDateInput, "present": AdminAutoHeightTextInput,
            "reason": AdminAutoHeightTextInput, "dissent": AdminAutoHeightTextInput,
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].required = True

    def _post_clean(self) -> None:
        """The action checks the row: this form makes none."""
