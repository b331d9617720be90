"""Forms of the letter: the draft, one's own signature, that of an organization, sending it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.letter.actions.organizations import Promise
from accountability.letter.choices import (
    FURTHEST,
    LONGEST_CHANGE,
    LONGEST_PART,
    LONGEST_PLEDGE,
    LONGEST_REASON,
    MOST_PLEDGES,
    Part,
)
from accountability.letter.models import LetterVersion, Signature
from core.text import strip_control

#: The part stands in each label: a list of what needs attention names them one by one.
PROCESS_WORDS = gettext_lazy("Process: what we will do")
PROCESS_DAY = gettext_lazy("Process: by which day")
OUTCOME_WORDS = gettext_lazy("Outcome: what we will do")
OUTCOME_DAY = gettext_lazy("Outcome: by which day")


class DraftForm(forms.Form):
    """The letter while it is written. Nothing is needed yet: a draft can be saved half done."""

    seen = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    process = forms.CharField(
        label=gettext_lazy("Process"),
        help_text=gettext_lazy("How we work together: who decides, who is heard, who is paid."),
        max_length=LONGEST_PART,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    outcome = forms.CharField(
        label=gettext_lazy("Outcome"),
        help_text=gettext_lazy("What will be different, for whom, and how we will know."),
        max_length=LONGEST_PART,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    what_changed = forms.CharField(
        label=gettext_lazy("What changed since the version before"),
        help_text=gettext_lazy("One or two sentences for those who signed it. The first version needs none."),
        max_length=LONGEST_CHANGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @classmethod
    def of(cls, row: LetterVersion | None, *, seen: str = "") -> DraftForm:
        """The form with a text as it stands; `seen` is the mark of the draft that it will replace."""
        if row is None:
            return cls(initial={"seen": seen})
        changed = row.what_changed if row.is_draft else ""
        return cls(
            initial={
                "process": row.process,
                "outcome": row.outcome,
                "what_changed": changed,
                "seen": seen,
            }
        )

    def clean(self) -> dict[str, Any]:
        """Without unseen characters."""
        data = super().clean() or {}
        for name in ("process", "outcome", "what_changed"):
            data[name] = strip_control(data.get(name, ""))
        return data


class SignForm(forms.Form):
    """One's own signature. The name stays out of sight unless this box is ticked, now or later."""

    version = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    name_is_public = forms.BooleanField(
        label=gettext_lazy("Show my name under the letter, to everybody"),
        help_text=gettext_lazy("Without it you are in a number that is counted once a week and moves only when at least six people differ, so that nobody who watches the page learns that you signed. You can change this at any time."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, member: Any, **kwargs: Any) -> None:
        """`member` is who signs."""
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_name_is_public(self) -> bool:
        """Raises ValidationError for somebody who has not said yet by which name they go."""
        public: bool = self.cleaned_data["name_is_public"]
        if public and not self.member.chosen_name:
            raise ValidationError(no_name_yet())
        return public


def no_name_yet() -> str:
    """What somebody without a name is told who wants to show it."""
    return _("You have not said yet by which name you go. Add it in your account under “Name and language”, or sign without your name.")  # fmt: skip


def _words(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PLEDGE,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write at least one for each part.")},
    )


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose the day by which it is done.")},
    )


class OrganizationForm(forms.Form):
    """What an organization pledges with its signature: for each part one commitment at least, each with a day."""

    version = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    revision = forms.IntegerField(
        min_value=0, max_value=1_000_000, required=False, widget=forms.HiddenInput
    )
    process_1 = _words(PROCESS_WORDS, required=True)
    process_1_on = _day(PROCESS_DAY, required=True)
    process_2 = _words(PROCESS_WORDS)
    process_2_on = _day(PROCESS_DAY)
    process_3 = _words(PROCESS_WORDS)
    process_3_on = _day(PROCESS_DAY)
    outcome_1 = _words(OUTCOME_WORDS, required=True)
    outcome_1_on = _day(OUTCOME_DAY, required=True)
    outcome_2 = _words(OUTCOME_WORDS)
    outcome_2_on = _day(OUTCOME_DAY)
    outcome_3 = _words(OUTCOME_WORDS)
    outcome_3_on = _day(OUTCOME_DAY)

    @classmethod
    def of(cls, signature: Signature | None, *, version: int, revision: int) -> OrganizationForm:
        """The form with what a signature of the organization promised, perhaps under an earlier version."""
        initial: dict[str, Any] = {"version": version, "revision": revision}
        pledges = list(signature.pledges.all()) if signature else []
        for part in Part:
            ours = [pledge for pledge in pledges if pledge.part == part]
            for number, pledge in enumerate(ours[:MOST_PLEDGES], start=1):
                initial[f"{part}_{number}"] = pledge.words
                initial[f"{part}_{number}_on"] = pledge.due_on
        return cls(initial=initial)

    def rows(self) -> list[tuple[Part, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """The fields by part, words beside their day, as the page shows them."""
        numbers = range(1, MOST_PLEDGES + 1)
        return [
            (part, [(self[f"{part}_{number}"], self[f"{part}_{number}_on"]) for number in numbers])
            for part in Part
        ]

    def clean(self) -> dict[str, Any]:
        """Words come with a day, a day with words, and no day lies behind us."""
        data = super().clean() or {}
        for part in Part:
            for number in range(1, MOST_PLEDGES + 1):
                self._check(data, f"{part}_{number}")
        return data

    def promises(self) -> list[Promise]:
        """What was filled in, once it is valid."""
        data = self.cleaned_data
        return [
            Promise(part, data[name], data[f"{name}_on"])
            for part in Part
            for name in (f"{part}_{number}" for number in range(1, MOST_PLEDGES + 1))
            if data.get(name)
        ]

    def _check(self, data: dict[str, Any], name: str) -> None:
        words, day = strip_control(data.get(name) or "").strip(), data.get(f"{name}_on")
        data[name] = words
        if name in self.errors or f"{name}_on" in self.errors:
            return
        if words and day is None:
            self.add_error(f"{name}_on", _("Choose the day by which it is done."))
        if day is not None and not words:
            self.add_error(name, _("Say what will be done by that day, or take the day out."))
        if day is not None and day < timezone.localdate():
            self.add_error(f"{name}_on", _("This day has passed. Choose one from today on."))
        if day is not None and day - timezone.localdate() > FURTHEST:
            self.add_error(
                f"{name}_on",
                _("Choose a day within the next %(years)s years.")
                % {"years": FURTHEST // timedelta(days=366)},
            )


class SendBackForm(forms.Form):
    """What the second person asks the first one to change."""

    revision = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("What should change"),
        help_text=gettext_lazy("The people of your organization read this, and nobody else."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say in a sentence what should change. Nothing was sent back.")
        },
    )
