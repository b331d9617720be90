"""The form of sharing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.journal.forms import UNREAD, WordsField
from accountability.journal.texts import LONGEST_BODY, LONGEST_TITLE
from accountability.sharing.actions import days_offered
from accountability.sharing.choices import USUAL_DAYS


class ExcerptForm(forms.Form):
    """What is shown, and until when. `pair` is the pair that the page named when it was made."""

    use_required_attribute = False

    title = WordsField(
        label=gettext_lazy("Title"),
        longest=LONGEST_TITLE,
        too_long=gettext_lazy("This title has %(count)s characters; %(most)s fit. Shorten it."),
        widget=forms.TextInput(attrs=UNREAD),
    )
    words = WordsField(
        label=gettext_lazy("What you show"),
        help_text=gettext_lazy(
            "The whole entry stands here. Delete everything that you do not want to show; your journal keeps all of it."
        ),
        longest=LONGEST_BODY,
        too_long=gettext_lazy(
            "This text has %(count)s characters; %(most)s fit. All of it still stands below."
        ),
        widget=forms.Textarea(attrs={**UNREAD, "rows": 12}),
    )
    until = forms.DateField(
        label=gettext_lazy("The last day on which it can be read"),
        help_text=gettext_lazy("At most 90 days from today. You can take it back before."),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Choose a day, written like 2026-12-24."),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    pair = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True  # `clean_words` says so in a sentence
        first, last = days_offered(timezone.localdate())
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        self.fields["until"].initial = first + timedelta(days=USUAL_DAYS)

    @property
    def tampered(self) -> bool:
        """Whether what nobody types is not what our page sent."""
        return "pair" in self.errors

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_words(self) -> str:
        """Something to read. Raises ValidationError where nothing was left."""
        words: str = self.cleaned_data["words"]
        if not words.strip():
            raise ValidationError(_("Nothing is left to show. Leave in what your buddy may read."))
        return words

    def clean_until(self) -> date:
        """A day that one may choose, by the member's own calendar."""
        day: date = self.cleaned_data["until"]
        first, last = days_offered(timezone.localdate())
        if day < first:
            raise ValidationError(_("This day is over. Choose today or a later day."))
        if day > last:
            words = _("An excerpt is shared for 90 days at most. Choose %(day)s or an earlier day.")
            raise ValidationError(words % {"day": date_format(last, "DATE_FORMAT")})
        return day
