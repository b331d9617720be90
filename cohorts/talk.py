"""The question of a lesson on its way from the lesson's page to a cohort: signed, so that nobody opens words of their own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing

from core import doors

SALT = "cohorts.question"
#: A page of a lesson that was open longer shows the question anew first.
LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class Question:
    """A discussion prompt of a lesson: where it stands, and its words without markup."""

    lesson_key: str
    block: str
    words: str
    title: str
    address: str

    def signed_for(self, member: Any) -> str:
        """The question as one line that only this member can send back."""
        return signing.dumps({**asdict(self), "member": str(member.pk)}, salt=SALT, compress=True)


def question_from(line: str, *, member: Any) -> Question | None:
    """The question of a line that this server signed for this member; None for every other."""
    try:
        values = signing.loads(line, salt=SALT, max_age=LONGEST)
        if values.pop("member") != str(member.pk):
            return None
        UUID(values["lesson_key"]), UUID(values["block"])
        return Question(**values)
    except (signing.BadSignature, TypeError, KeyError, AttributeError, ValueError):
        return None


def may_read(member: Any, question: Question) -> bool:
    """Whether the member may read the lesson now: whoever offers lessons says so, and nobody says no."""
    answers = doors.ask("may_read_lesson", member=member, lesson_key=UUID(question.lesson_key))
    return bool(answers) and all(answers)
