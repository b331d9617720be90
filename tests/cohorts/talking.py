"""A question that is open in the house's cohort, and what people say to it."""

from __future__ import annotations

from uuid import uuid4

from cohorts.actions import open_prompt, post_reply
from cohorts.models import Prompt, Reply
from cohorts.talk import Question

LESSON = "/learn/how-redlining-worked/grading-a-city/"
OPEN = "/cohorts/larch/talk/"


def asked_in(cohort, by, words="Who holds the pencil?") -> Prompt:
    """A question of some lesson, opened there."""
    question = Question(str(uuid4()), str(uuid4()), words, "Grading", LESSON)
    return open_prompt(cohort=cohort, question=question, by=by)


def say(prompt, by, text="Under the plum tree") -> Reply:
    """A reply."""
    return post_reply(prompt=prompt, text=text, by=by)


def talk(prompt) -> str:
    """The address of the talk."""
    return f"{OPEN}{prompt.pk}/"
