"""Forms of notes and of replies to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caucuses.bringback.choices import LONGEST_WORDS
from caucuses.bringback.permissions import cohorts_told_by
from cohorts.forms import MARKDOWN
from cohorts.models import Cohort
from core.text import LONGEST_FROM_MEMBERS, strip_control

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
    """Typed words without what no reader sees; the limit is said in a sentence and cuts nothing off."""

    def __init__(self, *, longest: int, rows: int, **kwargs: Any) -> None:
        self.longest = longest
        area = forms.Textarea(attrs={**UNREAD, "rows": rows, "dir": "auto"})
        super().__init__(widget=area, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words as they are kept."""
        return strip_control(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Raise ValidationError when there are none, and with both numbers when there are too many."""
        super().validate(value)
        if len(value) > self.longest:
            numbers = {"count": f"{len(value):,}", "most": f"{self.longest:,}"}
            raise ValidationError(TOO_LONG % numbers)


class TextForm(forms.Form):
    """A text, and which text its writer had before them."""

    use_required_attribute = False

    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )

    @property
    def seen(self) -> int:
        """Which text that was."""
        return self.cleaned_data["revision"] or 0


class NoteForm(TextForm):
    """What a note says. `room` is the caucus, whose own address a text for others must not hold."""

    text = WordsField(
        label=gettext_lazy("What you say to the whole group"),
        help_text=MARKDOWN,
        longest=LONGEST_FROM_MEMBERS,
        rows=9,
        error_messages={"required": gettext_lazy("Write something first; nothing was saved.")},
    )

    def __init__(self, *args: Any, room: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room

    def clean_text(self) -> str:
        """Raise ValidationError where it would lead to this room whoever reads it."""
        text: str = self.cleaned_data["text"]
        if self.room and self.room.hex in text.lower().replace("-", ""):
            words = _(
                "Your text holds the address of this room. Whoever reads it would know of the room, "
                "so take the address out. Nothing was saved; all of it still stands below."
            )
            raise ValidationError(words)
        return text


class BeginForm(NoteForm):
    """The same with the cohort that it is for: one of those that the writer is in now."""

    cohort = forms.ModelChoiceField(
        label=gettext_lazy("Which cohort it is for"),
        queryset=Cohort.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose one of your cohorts. Nothing was saved."),
            "invalid_choice": gettext_lazy(
                "You are not in that cohort now. Choose another one. Nothing was saved."
            ),
        },
    )

    def __init__(self, *args: Any, member: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(("cohort", "text"))
        if member is not None:
            self.fields["cohort"].queryset = cohorts_told_by(member)  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """Why somebody holds a note."""

    use_required_attribute = False

    words = WordsField(
        label=gettext_lazy("What should be talked about first"),
        help_text=gettext_lazy(
            "The members of this caucus read it beside the note. It never leaves the room."
        ),
        longest=LONGEST_WORDS,
        rows=5,
        error_messages={
            "required": gettext_lazy(
                "Say in a few words what should be talked about. The note is not held yet."
            )
        },
    )


class ReplyForm(TextForm):
    """What somebody of the cohort replies."""

    text = WordsField(
        label=gettext_lazy("Your reply"),
        help_text=MARKDOWN,
        longest=LONGEST_FROM_MEMBERS,
        rows=6,
        error_messages={"required": gettext_lazy("Write something first; nothing was posted.")},
    )
