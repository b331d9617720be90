"""Forms of check-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.checkins.choices import (
    LONGEST_ANSWER,
    LONGEST_NOTES,
    LONGEST_TITLE,
    MOVED_AT_MOST,
    Answer,
)
from accountability.checkins.keys import SHUT
from accountability.checkins.models import CheckIn, PairNotes, Part, PartDraft
from accountability.checkins.texts import QUESTIONS, Words, cleaned, words_of
from core.clock import moment

NUMBERS_TO = 10_000_000_000
#: Programs in the browser that read along are asked not to. The words are sent nowhere but here.
UNREAD: dict[str, Any] = {
    "autocomplete": "off",
    "data-gramm": "false",
    "data-gramm_editor": "false",
    "data-enable-grammarly": "false",
    "data-lt-active": "false",
}
TOO_LONG = gettext_lazy(
    "This has %(count)s characters; %(most)s fit. All of it still stands below: shorten it a little."
)


class WordsField(forms.CharField):
    """Typed words, cleaned and otherwise as they are; the limit is said in a sentence and cuts nothing off."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words without what no reader sees."""
        return cleaned(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Raise ValidationError with both numbers when it is too long."""
        if len(value) > self.longest:
            numbers = {"count": f"{len(value):,}", "most": f"{self.longest:,}"}
            raise ValidationError(TOO_LONG % numbers)


def _answer(name: str) -> WordsField:
    area = forms.Textarea(attrs={**UNREAD, "rows": 4, "dir": "auto"})
    return WordsField(label=QUESTIONS[name], longest=LONGEST_ANSWER, widget=area)


class PartForm(forms.Form):
    """The four questions, and which version of one's text lay before its writer (0 for none)."""

    use_required_attribute = False

    did = _answer("did")
    avoided = _answer("avoided")
    need = _answer("need")
    ahead = _answer("ahead")
    seen = forms.IntegerField(min_value=0, max_value=NUMBERS_TO, widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: PartDraft | Part | None) -> PartForm:
        """The form with what stands in the row; empty where there is none, or it does not open."""
        if row is None:
            return cls(initial={"seen": 0})
        try:
            return cls(initial={**words_of(row).values, "seen": row.version})
        except SHUT:
            return cls(initial={"seen": row.version})

    def over(self, row: PartDraft | Part) -> PartForm:
        """The same words once more, with the stored version seen."""
        return PartForm(initial={**self.words.values, "seen": row.version})

    @property
    def words(self) -> Words:
        """What was typed."""
        return Words(**{name: self.cleaned_data[name] for name in QUESTIONS})


class MoveForm(forms.Form):
    """Another date, in the time zone of who moves it."""

    use_required_attribute = False

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": gettext_lazy("Choose a time.")},
    )
    seen = forms.IntegerField(min_value=0, max_value=NUMBERS_TO, widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: CheckIn) -> MoveForm:
        """The form with the date as it stands."""
        local = timezone.localtime(row.due_at)
        return cls(initial={"day": local.date(), "at": local.time(), "seen": row.seen_as})

    def over(self, row: CheckIn) -> MoveForm:
        """The same date once more, with the stored one seen."""
        return MoveForm({**dict(self.data.items()), "seen": row.seen_as})

    def clean(self) -> dict[str, Any]:
        """To the future, and not too far. Times that clocks skip or show twice are meant as `rhythm.moment` says."""
        said = super().clean() or {}
        day, at = said.get("day"), said.get("at")
        if day is None or at is None:
            return said
        if not 2000 <= day.year <= 9000:
            raise ValidationError(self.not_that_date())
        said["to"] = moment(day, at.replace(second=0), timezone.get_current_timezone_name())
        now = timezone.now()
        if not now < said["to"] <= now + MOVED_AT_MOST:
            raise ValidationError(self.not_that_date())
        return said

    @staticmethod
    def not_that_date() -> str:
        """Which dates are possible."""
        words = _(
            "Choose a moment from now on, within the next %(days)d days. The date stays as it was."
        )
        return words % {"days": MOVED_AT_MOST.days}

    @property
    def to(self) -> datetime:
        """The moment that was chosen."""
        found: datetime = self.cleaned_data["to"]
        return found


class NotesForm(forms.Form):
    """The pair's page, and which version of it lay before its writer."""

    use_required_attribute = False

    body = WordsField(
        label=gettext_lazy("Your notes"),
        help_text=gettext_lazy(
            "Plain text or Markdown: **bold**, *slanted*, lists with hyphens, links."
        ),
        longest=LONGEST_NOTES,
        widget=forms.Textarea(attrs={**UNREAD, "rows": 14, "dir": "auto"}),
    )
    seen = forms.IntegerField(min_value=0, max_value=NUMBERS_TO, widget=forms.HiddenInput)

    @classmethod
    def of(cls, notes: PairNotes | None) -> NotesForm:
        """The form with the page as it stands; empty where there is none, or it does not open."""
        if notes is None:
            return cls(initial={"seen": 0})
        try:
            return cls(initial={"body": notes.body, "seen": notes.version})
        except SHUT:
            return cls(initial={"seen": notes.version})

    def over(self, notes: PairNotes) -> NotesForm:
        """The same text once more, with the stored version seen."""
        return NotesForm(initial={"body": self.cleaned_data["body"], "seen": notes.version})


class TitleForm(forms.Form):
    """What stands in the calendar."""

    use_required_attribute = False

    title = WordsField(
        label=gettext_lazy("Title in your calendar"),
        help_text=gettext_lazy(
            "Whoever looks at your calendar sees it. Left empty, it says “Appointment”."
        ),
        longest=LONGEST_TITLE,
        widget=forms.TextInput(attrs=UNREAD),
    )

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())


class AskingForm(forms.Form):
    """How it is to go on."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=gettext_lazy("How would you like to go on?"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the four.")},
    )
