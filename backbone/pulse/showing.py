"""A result as the page, the pictures, the CSV and the JSON say it: the lines of insights, a group for each question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backbone.insights.drawing import bars_of
from backbone.insights.showing import Line
from backbone.pulse.counting import NOT_READABLE, TOO_SOON
from backbone.pulse.models import Pulse, Question
from core.suppression import Why

#: Why nothing was counted at all.
UNCOUNTED: dict[str, str | Promise] = {
    NOT_READABLE: gettext_lazy("The sealed answers could not be opened any more. Nothing was counted."),
    TOO_SOON: gettext_lazy("It was closed before it had been open for three days. Who was there in that time could be known, and so what they chose. Nothing was counted."),
}  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why something is not shown, and the name to which lines lead."""

    value: str
    words: str | Promise
    sentence: str | Promise


@dataclass(frozen=True)
class Shown:
    """One question with what came of it."""

    question: Question
    lines: list[Line]
    picture: SafeString | str


def results_of(pulse: Pulse) -> list[Shown]:
    """Each question of a closed pulse, in order."""
    day = pulse.closed_on.isoformat() if pulse.closed_on else ""
    rows = zip(pulse.questions.all(), pulse.result, strict=True)
    return [_shown(question, result, pulse.asked, day) for question, result in rows]


def lines_of(results: Sequence[Shown]) -> Iterator[Line]:
    """One after another, as the files have them."""
    for shown in results:
        yield from shown.lines


def reasons_of(results: Sequence[Shown]) -> list[Reason]:
    """Why something is not shown, each reason once."""
    given = {line.reason for line in lines_of(results)}
    return [_reason(value) for value in (*[why.value for why in Why], *UNCOUNTED) if value in given]  # fmt: skip


def _shown(question: Question, result: dict[str, Any], asked: int, day: str) -> Shown:
    group, answers = question.words, list(question.answers)
    if "why" in result:
        why = _reason(result["why"])
        lines = [
            Line(group, answer, str(why.words), None, None, day, str(why.sentence), why.value)
            for answer in answers
        ]
        return Shown(question, lines, "")
    counts = result["counts"]
    if len(counts) > len(answers):
        names = [*answers, _("No answer")]
    else:
        names = [*answers[:-1], _("%(answer)s – or no answer") % {"answer": answers[-1]}]
    lines = [
        Line(group, name, _("%(count)s of %(of)s people") % {"count": count, "of": asked}, count, asked, day, "")
        for name, count in zip(names, counts, strict=True)
    ]  # fmt: skip
    return Shown(question, lines, bars_of(lines, title=group, name=f"question-{question.number}"))


def _reason(value: str) -> Reason:
    if value in UNCOUNTED:
        return Reason(value, _("not shown"), UNCOUNTED[value])
    why = Why(value)
    return Reason(value, why.words, why.sentence)
