"""Forms of buddies. They check what was typed; nothing here looks up whom an address belongs to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.buddies.actions import Terms
from accountability.buddies.choices import WEEKS, Rhythm
from accountability.buddies.models import Agreement
from accountability.buddies.models.agreement import WORDS
from accountability.buddies.reading import opened
from accounts.forms.profile import time_zones
from core.clock import zone_named
from core.text import strip_control

LONGEST_NOTE, LONGEST_CONTACT, LONGEST_TEXT = 600, 300, 4_000
FARTHEST = timedelta(days=366)
#: Programs in the browser that read along are asked not to.
UNREAD: dict[str, Any] = {
    "autocomplete": "off",
    "data-gramm": "false",
    "data-enable-grammarly": "false",
    "data-lt-active": "false",
}


class PrivateField(forms.CharField):
    """Words between two people, without what no reader sees; the limit is said in a sentence and cuts nothing off."""

    def __init__(self, *, longest: int, rows: int = 0, **kwargs: Any) -> None:
        self.longest = longest
        widget = forms.Textarea(attrs={**UNREAD, "rows": rows}) if rows else forms.TextInput(attrs=UNREAD)  # fmt: skip
        super().__init__(**{"required": False, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:
        """The words, with one kind of line end."""
        words = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return strip_control(words).strip()

    def validate(self, value: str) -> None:
        """Raise ValidationError with both numbers when it is too long."""
        super().validate(value)
        if len(value) > self.longest:
            words = _("This has %(count)s characters; %(most)s fit. All of it still stands here: shorten it.")  # fmt: skip
            numbers = {"count": f"{len(value):,}", "most": f"{self.longest:,}"}
            raise ValidationError(words % numbers)


def _note() -> PrivateField:
    return PrivateField(
        label=gettext_lazy("A few words for them"),
        help_text=gettext_lazy("They alone read this, beside your name."),
        longest=LONGEST_NOTE,
        rows=3,
    )


class ListedForm(forms.Form):
    """One of those who are open to being asked. Whether they still are is asked when the request is made."""

    use_required_attribute = False

    member = forms.UUIDField(
        label=gettext_lazy("Whom do you ask?"),
        error_messages={
            "required": gettext_lazy("Choose one person. Nothing was sent."),
            "invalid": gettext_lazy("Choose one person of the list. Nothing was sent."),
        },
    )
    words = _note()


class AddressForm(forms.Form):
    """The address of somebody who may be a member or not."""

    use_required_attribute = False

    address = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={**UNREAD}),
        error_messages={
            "required": gettext_lazy("Type an address. Nothing was sent."),
            "invalid": gettext_lazy(
                "This is no e-mail address. Look at it again; nothing was sent."
            ),
        },
    )
    words = _note()


class ContactForm(forms.Form):
    """How the others of the pair reach the member."""

    contact = PrivateField(
        label=gettext_lazy("How they reach you"),
        help_text=gettext_lazy(
            "A telephone number, an address, a link to a room. It is there for your pair alone, and goes when the pair ends."
        ),
        longest=LONGEST_CONTACT,
    )


class AgreementForm(forms.Form):
    """Everything that is agreed on. `seen` is the newest text that its writer had before them."""

    use_required_attribute = False

    why = PrivateField(
        label=gettext_lazy("Why we do this"),
        help_text=gettext_lazy("What each of you hopes for, in your own words."),
        longest=LONGEST_TEXT,
        rows=3,
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often you check in"),
        choices=Rhythm.choices,
        initial=Rhythm.FORTNIGHTLY,
        error_messages={"invalid_choice": gettext_lazy("Choose how often from the list.")},
    )
    first_on = forms.DateField(
        label=gettext_lazy("The first time"),
        help_text=gettext_lazy("The following ones come on the same day of the week."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Choose a day for the first check-in; you can move it later."),
            "invalid": gettext_lazy("This is no date. Write it as 2026-11-30."),
        },
    )
    at = forms.TimeField(
        label=gettext_lazy("At what time"),
        initial="17:00",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": gettext_lazy("Choose a time; you can move it later."),
            "invalid": gettext_lazy("This is no time. Write it as 17:30."),
        },
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The time is meant in this zone."),
        error_messages={"invalid_choice": gettext_lazy("Choose a time zone from the list.")},
    )
    channel = PrivateField(
        label=gettext_lazy("How and where we meet"),
        help_text=gettext_lazy("By telephone, on a walk, in a video call."),
        longest=LONGEST_TEXT,
        rows=2,
    )
    boundaries = PrivateField(
        label=gettext_lazy("Our boundaries"),
        help_text=gettext_lazy(
            "What stays between you, what you do not talk about, when not to call."
        ),
        longest=LONGEST_TEXT,
        rows=3,
    )
    feedback = PrivateField(
        label=gettext_lazy("How we give feedback"),
        help_text=gettext_lazy("How each of you wants to hear what is hard to hear."),
        longest=LONGEST_TEXT,
        rows=3,
    )
    quiet = PrivateField(
        label=gettext_lazy("What we do if one of us goes quiet"),
        help_text=gettext_lazy("It happens to everybody. Say now what would help."),
        longest=LONGEST_TEXT,
        rows=3,
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]

    @classmethod
    def beginning(cls, before: Agreement | None, newest: UUID | None, *, by: Any) -> AgreementForm:
        """The empty form, or the form with the text that it would change."""
        if before is None:
            return cls(initial={"time_zone": by.time_zone, "seen": newest})
        known = {name: getattr(before, name) for name in ("rhythm", "at", "time_zone")}
        known |= {name: opened(before, name) or "" for name in WORDS}
        return cls(initial={**known, "first_on": next_date(before), "seen": newest})

    def clean(self) -> dict[str, Any]:
        """Refuse a first day that has passed where they meet, or lies farther than a year ahead."""
        said: dict[str, Any] = super().clean() or {}
        first_on, zone = said.get("first_on"), said.get("time_zone")
        if first_on is not None and zone:
            today = timezone.localdate(timezone=zone_named(zone))
            if first_on < today:
                self.add_error("first_on", _("This day has passed. Choose today or a later one."))
            elif first_on - today > FARTHEST:
                self.add_error(
                    "first_on", _("This is more than a year away. Choose an earlier day.")
                )
        return said

    def terms(self) -> Terms:
        """What a valid form proposes."""
        return Terms(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


def next_date(agreement: Agreement) -> date:
    """The first day of the agreement's rhythm that has not passed where they meet."""
    today = timezone.localdate(timezone=zone_named(agreement.time_zone))
    step = timedelta(weeks=WEEKS[agreement.rhythm])
    missed = max(0, -((agreement.first_on - today) // step))
    return agreement.first_on + missed * step
