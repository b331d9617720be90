"""Forms of a pulse: writing one, and answering it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backbone.pulse.actions import Asked
from backbone.pulse.limits import (
    FEWEST_ANSWERS,
    LONGEST,
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    MOST_ANSWERS,
    MOST_QUESTIONS,
    SHORTEST,
)
from backbone.pulse.models import Pulse
from core.clock import today_here
from core.text import strip_control

PLACES = range(1, MOST_QUESTIONS + 1)
USUAL = 7  # days


def _question(number: int) -> forms.CharField:
    return forms.CharField(
        label=[gettext_lazy("First question"), gettext_lazy("Second question"), gettext_lazy("Third question")][number - 1],
        max_length=LONGEST_QUESTION,
        required=number == 1,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Write a question. Nothing was opened.")},
    )  # fmt: skip


def _answers(number: int) -> forms.CharField:
    return forms.CharField(
        label=[gettext_lazy("Answers to the first question"), gettext_lazy("Answers to the second question"), gettext_lazy("Answers to the third question")][number - 1],
        help_text=gettext_lazy("Two to five, one a line. With two or three the result can be shown more often than with five. “I would rather not say” is always there by itself.") if number == 1 else "",
        max_length=2_000,
        required=number == 1,
        widget=forms.Textarea(attrs={"rows": 5 if number == 1 else 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write two to five answers. Nothing was opened.")},
    )  # fmt: skip


class PulseForm(forms.Form):
    """One to three questions, each with its answers, and the last day to answer."""

    use_required_attribute = False

    question_1, answers_1 = _question(1), _answers(1)
    question_2, answers_2 = _question(2), _answers(2)
    question_3, answers_3 = _question(3), _answers(3)
    closes_on = forms.DateField(
        label=gettext_lazy("Last day to answer"),
        help_text=gettext_lazy("3 to 30 days from today. The result stands there the day after, for everybody at once."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Choose a day, such as 2027-03-21.")},
    )  # fmt: skip

    def __init__(self, *args: Any, last_day: date | None = None, **kwargs: Any) -> None:
        """`last_day`: of the cohort."""
        super().__init__(*args, **kwargs)
        self.last_day = last_day
        self.fields["closes_on"].initial = today_here() + timedelta(days=USUAL)

    def clean_closes_on(self) -> date:
        """Three to thirty days ahead, and not after the cohort's last day."""
        day: date = self.cleaned_data["closes_on"]
        first, last = (today_here() + timedelta(days=days) for days in (SHORTEST, LONGEST))
        if not first <= day <= last:
            raise ValidationError(_("Choose a day that is 3 to 30 days from today."))
        if self.last_day is not None and day > self.last_day:
            raise ValidationError(_("The cohort ends before. Choose a day until its last one."))
        return day

    def clean(self) -> dict[str, Any]:
        """Each question has its answers, and stands there once."""
        self.questions: list[Asked] = []
        for number in PLACES:
            words = _one_line(self.cleaned_data.get(f"question_{number}", ""))
            lines = [_one_line(line) for line in self.cleaned_data.get(f"answers_{number}", "").splitlines()]  # fmt: skip
            answers = [line for line in lines if line]
            if words or answers:
                self._check(number, words, answers)
                self.questions.append(Asked(words, answers))
        return self.cleaned_data

    def _check(self, number: int, words: str, answers: list[str]) -> None:
        problem, field = "", f"answers_{number}"
        if not words and f"question_{number}" not in self.errors:
            problem, field = _("These answers have no question. Write it, or take them out."), f"question_{number}"  # fmt: skip
        elif any(words.casefold() == one.words.casefold() for one in self.questions):
            problem, field = _("This question stands here already."), f"question_{number}"
        elif field in self.errors:
            return
        elif not FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS:
            problem = _("Write two to five answers, one a line.")
        elif any(len(answer) > LONGEST_ANSWER for answer in answers):
            problem = _("One of these answers is longer than %(most)s letters.") % {"most": LONGEST_ANSWER}  # fmt: skip
        elif len({answer.casefold() for answer in answers}) < len(answers):
            problem = _("One of these answers stands there twice.")
        if problem:
            self.add_error(field, problem)


class AnswerForm(forms.Form):
    """The questions of one pulse, to choose from. Nothing has to be chosen."""

    use_required_attribute = False

    def __init__(self, pulse: Pulse, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in pulse.questions.all():
            answers = [(str(place), words) for place, words in enumerate(question.answers, start=1)]
            self.fields[f"answer_{question.number}"] = forms.ChoiceField(
                label=question.words,
                choices=[*answers, ("0", _("I would rather not say"))],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the answers. “I would rather not say” is one, too."),
                    "invalid_choice": _("That is none of the answers. Choose one of them."),
                },
            )  # fmt: skip

    @property
    def choices(self) -> list[int]:
        """What was chosen, a number for each question, 0 for none."""
        return [int(self.cleaned_data[name]) for name in self.fields]


def _one_line(words: str) -> str:
    return " ".join(strip_control(words).split())
