"""Forms of the agreement, of people and of removal. What must hold when it takes effect is asked again in the actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from care.forms import UNREAD, WordsField
from caucuses.choices import WAIT_DAYS, Joining, Keeping, StanceKind
from caucuses.models import Seat
from caucuses.permissions import cohorts_to_name
from caucuses.terms import Terms
from cohorts.models import Cohort
from core.text import LONGEST_FROM_MEMBERS

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_WORDS = 80, 1_000, 2_000
_FEWEST, _USUAL, _MOST = WAIT_DAYS
_DAYS = gettext_lazy("Choose a number of days from 1 to 30.")


class LineField(WordsField):
    """Words on one line."""

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(longest=longest, **{"widget": forms.TextInput(attrs=UNREAD), **kwargs})

    def to_python(self, value: Any) -> str:
        """The words, with one blank between them."""
        return " ".join(super().to_python(value).split())


class CohortField(forms.ModelChoiceField):
    """One of the cohorts that may be named."""

    def to_python(self, value: Any) -> Cohort | None:
        """The cohort. Raises ValidationError with our sentence also for what is no id."""
        try:
            found: Cohort | None = super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], "invalid_choice"
            ) from None
        return found


class AcceptForm(forms.Form):
    """Which version was shown to who accepts it."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000_000, widget=forms.HiddenInput)


class ProposalForm(forms.Form):
    """Another text, other terms, or both. `changes` is the version that its writer had before them."""

    use_required_attribute = False

    changes = forms.IntegerField(min_value=1, max_value=1_000_000_000, widget=forms.HiddenInput)
    text = WordsField(
        label=gettext_lazy("What we agree on"),
        help_text=gettext_lazy("One sentence for each thing reads best, and shows best what changed."),
        longest=LONGEST_FROM_MEMBERS,
        rows=10,
        error_messages={"required": gettext_lazy("Write down what the room agrees on.")},
    )  # fmt: skip
    name = LineField(
        label=gettext_lazy("Name of the room"),
        longest=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Give the room a name.")},
    )
    purpose = WordsField(
        label=gettext_lazy("Purpose"),
        longest=LONGEST_PURPOSE,
        rows=3,
        error_messages={"required": gettext_lazy("Say what the room is for.")},
    )
    joining = forms.ChoiceField(
        label=gettext_lazy("How people come in"),
        choices=Joining.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the three ways.")},
    )
    is_listed = forms.BooleanField(
        label=gettext_lazy("Every member of the initiative may read its name, its purpose and how to join"),
        help_text=gettext_lazy("Otherwise only its members, and who is invited, know that it exists. Who is in it is never shown."),
        required=False,
    )  # fmt: skip
    keeping = forms.ChoiceField(
        label=gettext_lazy("How long words are kept"),
        choices=Keeping.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the three.")},
    )
    cohort = CohortField(
        label=gettext_lazy("Which cohort"),
        help_text=gettext_lazy("Only where words go when a cohort ends. Everybody in this room then reads its name and its last day."),
        queryset=Cohort.objects.none(),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a cohort that you are in.")},
    )  # fmt: skip
    wait_days = forms.IntegerField(
        label=gettext_lazy("Days that a note to the whole group stays inside"),
        min_value=_FEWEST,
        max_value=_MOST,
        initial=_USUAL,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _DAYS),
    )
    why = WordsField(
        label=gettext_lazy("Why you propose it"),
        help_text=gettext_lazy("The others read this beside the change."),
        longest=LONGEST_WORDS,
        rows=3,
        error_messages={"required": gettext_lazy("Say in a sentence why. It helps the others to answer.")},
    )  # fmt: skip

    def __init__(
        self, *args: Any, member_id: UUID, terms: Terms | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        known = Cohort.objects.filter(pk__in=[terms.cohort] if terms and terms.cohort else [])
        field: Any = self.fields["cohort"]
        field.queryset = (cohorts_to_name(member_id) | known).distinct().order_by("name")

    def clean(self) -> dict[str, Any]:
        """A cohort where one is needed, and a door where people come in by it. Raises ValidationError."""
        cleaned = super().clean() or {}
        is_missing = cleaned.get("keeping") == Keeping.COHORT and not cleaned.get("cohort")
        if is_missing and "cohort" not in self.errors:
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


class StanceForm(forms.Form):
    """What a member says to a proposal; an objection needs words."""

    use_required_attribute = False

    words = WordsField(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("Needed when you object, so that the others can answer it."),
        longest=LONGEST_WORDS,
        rows=3,
        required=False,
    )
    kind = forms.ChoiceField(choices=StanceKind.choices, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Words with an objection. Raises ValidationError."""
        cleaned = super().clean() or {}
        objects = cleaned.get("kind") == StanceKind.OBJECT
        if objects and "words" in cleaned and not cleaned["words"]:
            self.add_error("words", _("Say what you object to. Nothing was sent yet."))
        return cleaned


class NameForm(forms.Form):
    """One's own name in the room."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Your name in this room"),
        help_text=gettext_lazy("What you said before stands under it, too."),
        widget=forms.TextInput(attrs=UNREAD),
        error_messages={
            "required": gettext_lazy(
                "Choose a name that the others can read: a word, initials, a sign."
            )
        },
    )


class RemovalForm(forms.Form):
    """Why a facilitator removes somebody."""

    use_required_attribute = False

    reason = WordsField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("They read this, and nobody else does."),
        longest=LONGEST_WORDS,
        rows=4,
        error_messages={"required": gettext_lazy("Say why; they read it. Nobody was removed.")},
    )


def current_values(seat: Seat, text: str | None, terms: Terms | None) -> dict[str, Any]:
    """What the form of a proposal begins with: what is in force."""
    known: dict[str, Any] = {"changes": seat.caucus.agreement, "text": text or ""}
    if terms is None:
        return known
    return {
        **known,
        **{
            name: getattr(terms, name)
            for name in ("name", "purpose", "joining", "is_listed", "keeping", "cohort")
        },
        "wait_days": terms.wait_days,
    }
