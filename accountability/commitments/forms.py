"""Forms of commitments. What somebody typed is never cut off: what is too long is said in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.commitments.choices import Circle, Level, State
from accountability.commitments.texts import (
    LONGEST,
    LONGEST_BY,
    PARTS,
    Text,
    cleaned,
    labels_of,
    text_of,
)
from accounts.models import User

UNREAD: dict[str, Any] = {"autocomplete": "off"}
NUMBERS_TO = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 1900, 9000


class WordsField(forms.CharField):
    """Typed words, cleaned and otherwise as they are, with a limit that cuts nothing off."""

    def __init__(self, *, longest: int = LONGEST, rows: int = 3, **kwargs: Any) -> None:
        self.longest = longest
        widget = forms.Textarea(attrs={**UNREAD, "rows": rows}) if rows > 1 else forms.TextInput(attrs=UNREAD)  # fmt: skip
        super().__init__(widget=widget, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words without what no reader sees."""
        return cleaned(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Raise ValidationError for nothing where something is needed, or with both numbers when it is too long."""
        super().validate(value)
        if len(value) > self.longest:
            words = _(
                "This has %(count)s characters; %(most)s fit. All of it still stands here: shorten it."
            )
            raise ValidationError(words % {"count": f"{len(value):,}", "most": f"{self.longest:,}"})


class DayField(forms.DateField):
    """A day of the calendar, past ones too."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        invalid = gettext_lazy("This is no day of the calendar. Choose one, or leave it empty.")
        super().__init__(widget=widget, error_messages={"invalid": invalid}, **kwargs)

    def validate(self, value: date | None) -> None:
        """Raise ValidationError for a year that no calendar shows."""
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValidationError(_("Choose a day after 1900, or leave this empty."))


class CommitmentForm(forms.Form):
    """What is promised. `version` is the text that its writer had before them, 0 for a new one."""

    use_required_attribute = False

    role = forms.ChoiceField(
        label=gettext_lazy("Who promises"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "You do not hold this role now. Choose who promises; your words still stand here."
            )
        },
    )
    will = WordsField(
        label=gettext_lazy("What is promised"),
        error_messages={"required": gettext_lazy("Write this first; nothing was saved yet.")},
    )
    by = WordsField(label=gettext_lazy("By when"), required=False, longest=LONGEST_BY, rows=1)
    first_step = WordsField(label=gettext_lazy("The first step"), required=False)
    know = WordsField(label=gettext_lazy("How one will know"), required=False)
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("What it changes"),
        help_text=gettext_lazy("At least one level. Most promises touch more than one."),
        choices=Level.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one level of change."),
            "invalid_choice": gettext_lazy(
                "One of these is no level that we know. Choose from the list; your words still stand here."
            ),
        },
    )
    review_on = DayField(
        label=gettext_lazy("Look at it again on"),
        help_text=gettext_lazy(
            "You alone get a reminder on that day, and one more two weeks later. You can move it at any time."
        ),
        required=False,
    )
    version = forms.IntegerField(
        min_value=0, max_value=NUMBERS_TO, required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, kind: str, roles: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in labels_of(kind).items():
            self.fields[name].label = str(label)
        offered = [(str(role.pk), str(role)) for role in roles]
        if offered:
            self.fields["role"].choices = [("", _("I do")), *offered]  # type: ignore[attr-defined]
        else:
            del self.fields["role"]

    @property
    def text(self) -> Text:
        """What was typed."""
        said = self.cleaned_data
        return Text(**{name: said[name] for name in PARTS}, levels=tuple(said["levels"]))

    @classmethod
    def editing(cls, row: Any, data: Any = None) -> CommitmentForm:
        """The form with the text as it stands now. Raises CannotOpen."""
        return cls(data, kind=row.kind, initial=_typed(text_of(row), row.version, row.review_on))

    @classmethod
    def beside(cls, row: Any, form: CommitmentForm) -> CommitmentForm:
        """The typed text once more, before which the row as it stands now lies."""
        said = form.cleaned_data
        return cls(kind=row.kind, initial=_typed(form.text, row.version, said["review_on"]))


def _typed(text: Text, version: int, review_on: date | None) -> dict[str, Any]:
    words: dict[str, Any] = {name: str(getattr(text, name)) for name in PARTS}
    return {**words, "levels": list(text.levels), "version": version, "review_on": review_on}


class CircleForm(forms.Form):
    """Who sees it, and, once it was shown what more people will see, that this is meant."""

    circle = forms.ChoiceField(label=gettext_lazy("Who sees it"), widget=forms.RadioSelect)
    version = forms.IntegerField(
        min_value=0, max_value=NUMBERS_TO, required=False, widget=forms.HiddenInput
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    named = forms.BooleanField(required=False)

    def __init__(self, *args: Any, cohorts: Iterable[Any], name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohorts = {f"cohort:{cohort.slug}": cohort for cohort in cohorts}
        labels = [(key, _("The people in %(name)s") % {"name": cohort.name}) for key, cohort in self.cohorts.items()]  # fmt: skip
        field = self.fields["circle"]
        field.choices = [  # type: ignore[attr-defined]
            (Circle.ME.value, _("Only me, and the witnesses I choose by name")),
            (Circle.BUDDY.value, _("My buddy, too")),
            *labels,
            (Circle.PUBLIC.value, _("Everybody, also people without an account")),
        ]
        if self.cohorts:
            wrong = _("Choose one of these. Nothing was changed.")
        else:
            wrong = _("You are in no cohort now, so no cohort can see it. Choose one of these; nothing was changed.")  # fmt: skip
        field.error_messages = {"invalid_choice": wrong, "required": wrong}
        self.fields["named"].label = _("Show it under the name “%(name)s”") % {"name": name}

    @property
    def chosen(self) -> tuple[str, Any]:
        """The circle and its cohort."""
        value = self.cleaned_data["circle"]
        cohort = self.cohorts.get(value)
        return (Circle.COHORT.value, cohort) if cohort is not None else (value, None)


class ProgressForm(forms.Form):
    """How it goes."""

    use_required_attribute = False

    sentence = WordsField(
        label=gettext_lazy("How it goes, in a sentence or two"),
        error_messages={"required": gettext_lazy("Write a sentence first; nothing was saved yet.")},
    )
    state = forms.ChoiceField(
        label=gettext_lazy("In one word"),
        choices=State.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the word that fits best."),
            "invalid_choice": gettext_lazy("Choose one of these words; your sentence still stands here."),
        },
    )  # fmt: skip
    reason = WordsField(
        label=gettext_lazy("If it changed: why"),
        help_text=gettext_lazy("Your witnesses read the reason. It is never published."),
        required=False,
    )
    publishes = forms.BooleanField(required=False)
    review_on = DayField(label=gettext_lazy("Look at it again on"), required=False)

    def __init__(self, *args: Any, published_to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if published_to:
            self.fields["publishes"].label = published_to
        else:
            del self.fields["publishes"]

    def clean(self) -> dict[str, Any]:
        """A changed one needs its reason."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("state") == State.CHANGED and not said.get("reason") and "reason" in said:
            self.add_error("reason", _("Say why it changed; your witnesses are owed a reason."))
        return said


class SnoozeForm(forms.Form):
    """On which day to look at it again."""

    until = DayField(label=gettext_lazy("Look at it again on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].error_messages["required"] = _("Choose a day.")


class PersonForm(forms.Form):
    """One of the people who are offered."""

    member = forms.ChoiceField()

    def __init__(self, *args: Any, people: Iterable[User], label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["member"]
        field.label = label
        field.choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((key, person.get_full_name()) for key, person in self.people.items()),
        ]
        sentence = _("This person cannot be asked now. Nothing was sent; choose somebody else.")
        field.error_messages = {
            "invalid_choice": sentence,
            "required": _("Choose somebody first."),
        }

    @property
    def chosen(self) -> User:
        """The person."""
        return self.people[self.cleaned_data["member"]]


class RoleForm(forms.Form):
    """What a role is called."""

    title = WordsField(
        label=gettext_lazy("Name of the role"),
        help_text=gettext_lazy("For example: Principal, Head of Nursing, Chair of the council."),
        longest=120,
        rows=1,
        error_messages={"required": gettext_lazy("Give the role a name.")},
    )

    def clean_title(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["title"].split())
