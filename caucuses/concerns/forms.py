"""Forms of reports inside a room."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from care.forms import OnceForm, WordsField
from caucuses.concerns.choices import LONGEST


class ConcernForm(OnceForm):
    """What is the matter."""

    words = WordsField(
        longest=LONGEST,
        rows=8,
        label=_("What is the matter"),
        help_text=_(
            "The facilitators do not learn who writes. What you write can tell it all the same, so leave out what only you can know."
        ),
        error_messages={"required": _("Write something first; nothing was sent.")},
    )


class AnswerForm(forms.Form):
    """What the facilitators answer, and which answer stood there when the page was opened."""

    use_required_attribute = False

    words = WordsField(
        longest=LONGEST,
        rows=5,
        label=_("Answer"),
        help_text=_("Whoever wrote the report reads this, and the other facilitators do."),
        error_messages={"required": _("Write something first; nothing was sent.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def seen_at(self) -> datetime | None:
        """The moment of the answer that was seen; None where there was none."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None
