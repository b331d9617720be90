"""What a member chooses for their record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import strip_control
from curriculum.paper.record import DoneModule


class RecordForm(forms.Form):
    """The name on the paper and the modules on it. Nothing of it is kept, but for a PDF that was asked for."""

    name = forms.CharField(
        label=_("Name on the paper"),
        max_length=120,
        help_text=_(
            "As you want it to be read there. It changes nothing in your profile, and we do not keep it."
        ),
    )
    modules = forms.TypedMultipleChoiceField(
        label=_("Modules on the paper"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one module.")},
    )

    def __init__(self, *args: Any, modules: tuple[DoneModule, ...], **kwargs: Any) -> None:
        """`modules` are those that may be chosen."""
        super().__init__(*args, **kwargs)
        choices = [(str(module.page_id), module.title) for module in modules]
        self.fields["modules"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """The name on one line, without marks that nobody sees."""
        return " ".join(strip_control(self.cleaned_data["name"]).split())
