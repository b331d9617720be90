"""Forms of matching: what one answers, and who it must not be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.buddies.choices import Rhythm
from accountability.matching.choices import Outside, Part, Spoken, Topic, Weekday
from accountability.matching.said import CELLS, Said
from accountability.matching.whom import folded
from accounts.models import User

LONGEST = 2_000
MOST_NAMES = 50
LONGEST_NAME = 80
#: Programs in the browser that read along are asked not to.
UNREAD: dict[str, Any] = {
    "autocomplete": "off",
    "data-gramm": "false",
    "data-enable-grammarly": "false",
    "data-lt-active": "false",
}
TOO_LONG = {
    "max_length": gettext_lazy(
        "This text has %(show_value)s characters; %(limit_value)s fit. All of it still stands here: shorten it."
    )
}


def _words(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        error_messages=TOO_LONG,
        # The browser must not cut off what is too long: the sentence says it, and nothing is lost.
        widget=_Area(attrs={**UNREAD, "rows": 4}),
    )


class _Area(forms.Textarea):
    """A text area whose limit is said after sending, and cuts nothing off."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        """Without `maxlength`."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


class AnswersForm(forms.Form):
    """What one says about the buddy one wishes for. Every question may stay empty."""

    use_required_attribute = False

    wanted = forms.BooleanField(
        label=gettext_lazy("Put me in the next round"),
        required=False,
        help_text=gettext_lazy(
            "The backbone team starts a round. You can say no to whom it finds."
        ),
    )
    times = forms.MultipleChoiceField(
        label=gettext_lazy("When are you usually free?"),
        required=False,
        choices=[(cell, cell) for cell in CELLS],
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages would you like to talk?"),
        help_text=gettext_lazy("Two people who name no language in common are not matched."),
        required=False,
        choices=Spoken.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often would you like to check in?"),
        required=False,
        choices=[("", gettext_lazy("It does not matter to me")), *Rhythm.choices],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What do you want to work on?"),
        required=False,
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    own_words = _words(
        gettext_lazy("The same in your own words"), gettext_lazy("Nobody else reads this.")
    )
    outside = forms.ChoiceField(
        label=gettext_lazy("Should it be somebody from outside your organization?"),
        choices=Outside.choices,
        initial=Outside.ANY,
        required=False,
        widget=forms.RadioSelect,
    )
    note = _words(
        gettext_lazy("A note to yourself"),
        gettext_lazy("What you hope for, or want to remember. Nobody else reads this."),
    )
    seen = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, widget=forms.HiddenInput
    )

    @staticmethod
    def showing(said: Said, *, note: str, wanted: bool, seen: int) -> AnswersForm:
        """The form with what was answered."""
        values = {name: getattr(said, name) for name in said.__dataclass_fields__}
        return AnswersForm(initial={**values, "note": note, "wanted": wanted, "seen": seen})

    @property
    def said(self) -> Said:
        """The answers of a valid form."""
        given = self.cleaned_data
        return Said(
            times=tuple(cell for cell in CELLS if cell in given["times"]),
            languages=tuple(one for one in Spoken.values if one in given["languages"]),
            rhythm=given["rhythm"],
            topics=tuple(one for one in Topic.values if one in given["topics"]),
            own_words=given["own_words"],
            outside=given["outside"] or Outside.ANY.value,
        )

    def summary(self) -> list[Answered]:
        """Every question that was answered, with the answer in words."""
        parts = {day.value: day.label for day in Weekday}, {part.value: part.label for part in Part}
        shown = {cell: f"{parts[0][int(cell[0])]}: {parts[1][cell[1]]}" for cell in CELLS}
        found = []
        for field in self.visible_fields():
            value = field.value()
            if isinstance(field.field, forms.ChoiceField):
                labels = shown if field.name == "times" else dict(field.field.choices)  # type: ignore[arg-type]
                chosen = value if isinstance(value, list | tuple) else [value]
                text = ", ".join(str(labels[one]) for one in chosen if one in labels)
            else:
                text = "" if isinstance(value, bool) else str(value or "")
            if text:
                found.append(Answered(field.label, text))
        return found

    def grid(self) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
        """The times as rows of a table: a day, and of each part of it whether it is ticked."""
        ticked = set(self["times"].value() or ())
        for day in Weekday:
            cells = [
                {"value": f"{day.value}{part.value}", "part": part.label, "on": f"{day.value}{part.value}" in ticked}
                for part in Part
            ]  # fmt: skip
            yield day.label, cells


@dataclass(frozen=True)
class Answered:
    """A question and its answer in words, to be read."""

    label: Any
    text: str


class LimitForm(forms.Form):
    """Whom one does not want to be matched with: chosen from those of one's cohorts, or written by name."""

    use_required_attribute = False

    people = forms.MultipleChoiceField(
        label=gettext_lazy("People of your cohorts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.CharField(
        label=gettext_lazy("Or write names, one in each line"),
        help_text=gettext_lazy(
            "The full name, as they would write it here. Everybody of that name is kept away from you, whether they are here "
            "now or come later. Your list looks the same either way: it tells nobody who is here."
        ),
        required=False,
        widget=forms.Textarea(attrs={**UNREAD, "rows": 3}),
    )

    def __init__(self, *args: Any, known: Collection[User], **kwargs: Any) -> None:
        """`known` are those who can be chosen."""
        super().__init__(*args, **kwargs)
        self.known = {str(member.pk): member for member in known}
        choices = [(pk, _line(member)) for pk, member in self.known.items()]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    def clean_names(self) -> list[str]:
        """The names, each once, as they were written. Nobody is looked up here (A7)."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        names = list({folded(line): line for line in reversed(lines) if line}.values())[::-1]
        if len(names) > MOST_NAMES:
            raise ValidationError(
                _("These are %(count)d names; %(most)d fit at once. Send them in two parts."),
                params={"count": len(names), "most": MOST_NAMES},
            )
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(
                _("A name has at most %(most)d characters; one of these lines is longer. Write each name in a line of its own."),
                params={"most": LONGEST_NAME},
            )  # fmt: skip
        return names

    def clean(self) -> dict[str, Any]:
        """Somebody must be named."""
        given = super().clean() or {}
        if not (self.errors or given.get("people") or given.get("names")):
            raise ValidationError(_("Choose somebody, or write a name."))
        return given

    @property
    def ticked(self) -> list[User]:
        """Those whom a valid form names by their box."""
        return [self.known[pk] for pk in self.cleaned_data["people"]]


def _line(member: User) -> str:
    name = member.get_full_name()
    return f"{name}, {member.organization}" if member.organization else name
