"""Forms of the journal."""

from typing import ClassVar

from django import forms

from accountability.journal.models import Choice


class ChoiceForm(forms.ModelForm):
    """How the journal behaves for its author."""

    class Meta:
        model = Choice
        fields: ClassVar[list[str]] = ["escape_hides"]
