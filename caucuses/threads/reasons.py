"""The form in which a facilitator says why a post is hidden."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caucuses.threads.actions.acts import LONGEST_REASON
from core.text import strip_control


class HideForm(forms.Form):
    """Why. What is too long is said in a sentence, and nothing is cut off."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why you hide it"),
        help_text=gettext_lazy("Whose post it is reads this, and nobody else."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Say why; whose post it is reads it. Nothing was hidden.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_reason(self) -> str:
        """The words. Raises ValidationError when they are too many or none that can be seen."""
        words = strip_control(str(self.cleaned_data["reason"])).strip()
        if not words:
            raise ValidationError(self.fields["reason"].error_messages["required"])
        if len(words) > LONGEST_REASON:
            said = _("This has %(count)s characters; %(most)s fit. All of it still stands here.")
            raise ValidationError(
                said % {"count": f"{len(words):,}", "most": f"{LONGEST_REASON:,}"}
            )
        return words
