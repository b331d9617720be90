"""The form of what a room agrees on and how it is kept, for opening one; what must hold is asked again when it takes effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from care.forms import UNREAD, WordsField
from caucuses.choices import WAIT_DAYS, Joining, Keeping
from caucuses.names import plain_name
from caucuses.permissions import cohorts_to_name
from caucuses.terms import Terms
from cohorts.models import Cohort
from core.text import LONGEST_FROM_MEMBERS

LONGEST_NAME, LONGEST_PURPOSE = 80, 1_000
_FEWEST, _USUAL, _MOST = WAIT_DAYS
_DAYS = gettext_lazy("Choose a number of days from 1 to 30.")
FIRST_TEXT = gettext_lazy(
    "We speak for ourselves, from our own experience.\n\n"
    "What is said here stays here; what we learn may leave.\n\n"
    "We let each other finish. Silence is welcome.\n\n"
    "Nobody has to explain a feeling or prove that they belong.\n\n"
    "When something hurts, we say so, and we listen."
)


class LineField(WordsField):
    """Words on one line."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(longest=longest, **{"widget": forms.TextInput(attrs=UNREAD), **kwargs})

    def to_python(self, value: Any) -> str:
        """The words, with one blank between them."""
        return " ".join(super().to_python(value).split())


class NameInRoomField(forms.CharField):
    """The name that somebody goes by in the room. Whether another has it is not asked here: nobody outside may learn that."""

    def __init__(self, **kwargs: Any) -> None:
        words = gettext_lazy(
            "The name of your account is not shown there. If somebody in the room goes by the same name, yours gets a number behind it; you can change it inside."
        )
        given = {"label": gettext_lazy("Your name in the room"), "help_text": words}
        super().__init__(**{"widget": forms.TextInput(attrs=UNREAD), **given, **kwargs})  # fmt: skip

    def clean(self, value: Any) -> str:
        """The name as it is kept. Raises ValidationError with the sentence of `caucuses.names`."""
        try:
            return plain_name(str(value or ""))
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None


class OpeningForm(forms.Form):
    """Everything that a new caucus begins with."""

    use_required_attribute = False

    name = LineField(
        label=gettext_lazy("Name of the caucus"),
        longest=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Give the caucus a name.")},
    )
    purpose = WordsField(
        label=gettext_lazy("Purpose"),
        help_text=gettext_lazy("Who reads this decides by it whether the room is for them."),
        longest=LONGEST_PURPOSE,
        rows=3,
        error_messages={"required": gettext_lazy("Say what the caucus is for.")},
    )
    text = WordsField(
        label=gettext_lazy("What you agree on"),
        help_text=gettext_lazy(
            "A text to begin with. Everybody accepts it before they see anything, and any member can propose to change it. One sentence for each thing reads best."
        ),
        longest=LONGEST_FROM_MEMBERS,
        rows=12,
        error_messages={"required": gettext_lazy("Write down what the room agrees on.")},
    )
    joining = forms.ChoiceField(
        label=gettext_lazy("How people come in"),
        choices=Joining.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one of the three ways."),
            "invalid_choice": gettext_lazy("Choose one of the three ways."),
        },
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy("Show a door to every member of the initiative"),
        help_text=gettext_lazy(
            "They read name, purpose, how to come in, and those facilitators who chose to be named there. Without a door only its members, and who is invited, know that the caucus exists. Who is in it is never shown."
        ),
        required=False,
    )
    keeping = forms.ChoiceField(
        label=gettext_lazy("How long words are kept"),
        choices=Keeping.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one of the three."),
            "invalid_choice": gettext_lazy("Choose one of the three."),
        },
    )
    cohort = forms.ModelChoiceField(
        label=gettext_lazy("Which cohort"),
        help_text=gettext_lazy(
            "Only where words go when a cohort ends. Everybody in the room then reads its name and its last day."
        ),
        queryset=Cohort.objects.none(),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a cohort that you are in.")},
    )
    wait_days = forms.IntegerField(
        label=gettext_lazy("Days that a note to the whole group stays inside"),
        help_text=gettext_lazy("In this time every member can agree, change it, or hold it back."),
        min_value=_FEWEST,
        max_value=_MOST,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _DAYS),
    )
    name_in_room = NameInRoomField(
        help_text=gettext_lazy("The members know you by it. The name of your account is not shown in the room.")
    )  # fmt: skip

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        begins = {
            "text": FIRST_TEXT,
            "keeping": Keeping.KEEP,
            "joining": Joining.INVITATION,
            "wait_days": _USUAL,
        }
        super().__init__(*args, **{"label_suffix": "", "initial": begins, **kwargs})
        field: Any = self.fields["cohort"]
        cohorts = cohorts_to_name(member.pk).filter(ends_on__isnull=False)
        field.queryset = cohorts.distinct().order_by("name")

    def clean(self) -> dict[str, Any]:
        """A cohort where one is needed, and a door where people come in by it. Raises ValidationError."""
        cleaned = super().clean() or {}
        if (
            cleaned.get("keeping") == Keeping.COHORT
            and not cleaned.get("cohort")
            and "cohort" not in self.errors
        ):
            self.add_error("cohort", _("Choose the cohort with whose end the words go."))
        by_the_door = cleaned.get("joining") in (Joining.OPEN, Joining.REQUEST)
        if by_the_door and not cleaned.get("is_listed"):
            self.add_error(
                "is_listed",
                _("Without a door nobody finds this way in. Show the door, or choose “by invitation”."),
            )  # fmt: skip
        return cleaned

    def terms(self) -> Terms:
        """The terms that were chosen; for a valid form."""
        given = self.cleaned_data
        keeping = Keeping(given["keeping"])
        return Terms(
            name=given["name"],
            purpose=given["purpose"],
            joining=Joining(given["joining"]),
            is_listed=given["is_listed"],
            keeping=keeping,
            cohort=given["cohort"].pk if keeping == Keeping.COHORT else None,
            wait_days=given["wait_days"],
        )
