"""Forms of the journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.journal.models import Choice
from accountability.journal.texts import (
    LONGEST_BODY,
    LONGEST_TAG,
    LONGEST_TITLE,
    MOST_TAGS,
    cleaned,
    tags_from,
)

#: Programs in the browser that read along are asked not to; most obey. The words are sent nowhere but here.
UNREAD: dict[str, Any] = {
    "autocomplete": "off",
    "data-gramm": "false",
    "data-gramm_editor": "false",
    "data-enable-grammarly": "false",
    "data-lt-active": "false",
}
#: What the form carries besides words: which texts its writer had before them, and the key of this one page.
UNSEEN = ("once", "seen", "draft_seen", "turn")
NUMBERS_TO = 1_000_000_000


class WordsField(forms.CharField):
    """Typed words, cleaned and otherwise as they are; the limit is said in a sentence and cuts nothing off."""

    def __init__(self, *, longest: int, too_long: Any, **kwargs: Any) -> None:
        self.longest, self.too_long = longest, too_long
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words without what no reader sees."""
        return cleaned(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Raise ValidationError with both numbers when it is too long."""
        if len(value) > self.longest:
            numbers = {"count": f"{len(value):,}", "most": f"{self.longest:,}"}
            raise ValidationError(self.too_long % numbers)


class TagsField(forms.CharField):
    """Tags as they are typed, parted by commas."""

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Each tag once."""
        return tags_from(super().to_python(value) or "")

    def validate(self, value: tuple[str, ...]) -> None:  # type: ignore[override]
        """Raise ValidationError for too many, or one that is too long."""
        if len(value) > MOST_TAGS:
            words = _("These are %(count)d tags; an entry takes %(most)d at most. Leave some out.")
            raise ValidationError(words % {"count": len(value), "most": MOST_TAGS})
        if any(len(tag) > LONGEST_TAG for tag in value):
            words = _("A tag has %(most)d letters at most. Part your tags by commas.")
            raise ValidationError(words % {"most": LONGEST_TAG})

    def run_validators(self, value: Any) -> None:
        """None: those of Django look at text."""


class TypedTagsField(TagsField):
    """Tags as they are typed, however many and long."""

    def validate(self, value: tuple[str, ...]) -> None:  # type: ignore[override]
        """All together no longer than a text."""
        if sum(map(len, value)) > LONGEST_BODY:
            super().validate(value)


class EntryForm(forms.Form):
    """Everything that is typed for an entry."""

    use_required_attribute = False

    title = WordsField(
        label=gettext_lazy("Title"),
        longest=LONGEST_TITLE,
        too_long=gettext_lazy("This title has %(count)s characters; %(most)s fit. Shorten it."),
        widget=forms.TextInput(attrs=UNREAD),
    )
    body = WordsField(
        label=gettext_lazy("Your text"),
        longest=LONGEST_BODY,
        too_long=gettext_lazy(
            "This text has %(count)s characters; an entry holds %(most)s. All of it still stands below: move a part of it into another entry."
        ),
        widget=forms.Textarea(attrs={**UNREAD, "rows": 14}),
    )
    tags = TagsField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("A few words to find it by, parted by commas."),
        required=False,
        widget=forms.TextInput(attrs=UNREAD),
    )
    day = forms.DateField(
        label=gettext_lazy("The day it is about"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    without_prompt = forms.BooleanField(
        label=gettext_lazy("Leave the suggestion out"), required=False
    )
    without_about = forms.BooleanField(label=gettext_lazy("Leave this out"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, max_value=NUMBERS_TO, widget=forms.HiddenInput)
    draft_seen = forms.IntegerField(min_value=0, max_value=NUMBERS_TO, widget=forms.HiddenInput)
    turn = forms.IntegerField(
        min_value=0, max_value=NUMBERS_TO, widget=forms.HiddenInput, required=False
    )

    @property
    def tampered(self) -> bool:
        """Whether what nobody types is not what our page sent."""
        return any(name in self.errors for name in UNSEEN)

    @property
    def tab(self) -> UUID:
        """The key of the page that sent this."""
        key: UUID = self.cleaned_data["once"]
        return key

    @property
    def turn_taken(self) -> int:
        """Which of its saves this is, 0 from a page without a script."""
        return self.cleaned_data["turn"] or 0

    def at(self, seen: int, draft_seen: int) -> EntryForm:
        """The same form once more, before which these versions lie now."""
        return EntryForm({**dict(self.data.items()), "seen": seen, "draft_seen": draft_seen})

    def anew(self) -> EntryForm:
        """The same words as a form of a new entry."""
        once = uuid5(self.tab, "anew")
        return EntryForm({**dict(self.data.items()), "once": once, "seen": 0, "draft_seen": 0})

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_day(self) -> date | None:
        """A day that a calendar can show in every time zone."""
        day: date | None = self.cleaned_data["day"]
        if day and not 1900 <= day.year <= 9000:
            raise ValidationError(_("Choose a day after 1900, or leave this as it was."))
        return day

    def moment(self, before: datetime | None) -> datetime | None:
        """The moment it is about, in the member's time zone; None where the day was not changed from `before`."""
        day: date | None = self.cleaned_data["day"]
        known = timezone.localtime(before)
        if day is None or day == known.date():
            return None
        return known.replace(year=day.year, month=day.month, day=day.day)


class DraftForm(EntryForm):
    """What is kept while one types: the limits of an entry but for its text wait until it is saved.

    A tag that is too long, or half a date, is no reason to let the text go unsaved.
    """

    title = WordsField(longest=LONGEST_BODY, too_long=EntryForm.base_fields["title"].too_long)  # type: ignore[attr-defined]
    tags = TypedTagsField(required=False)
    day = forms.Field(required=False)  # type: ignore[assignment]

    def clean_day(self) -> None:
        """A draft has none."""


class ChoiceForm(forms.ModelForm):
    """How the journal behaves for its author."""

    class Meta:
        model = Choice
        fields: ClassVar[list[str]] = ["escape_hides"]
