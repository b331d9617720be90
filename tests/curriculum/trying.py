"""Blocks that readers try, as an editor would write them, and what a browser would send from them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from curriculum.models import LessonPage
from tests.curriculum.editing import with_blocks

CHECK: dict[str, Any] = {
    "question": "Who held the *pencil* [@RL04]?",
    "options": [
        {"text": "Brokers", "right": True, "explanation": "HOLC said so [@RL04]."},
        {"text": "Neighbors", "right": False, "explanation": "They are not named."},
        {"text": "Lenders", "right": True, "explanation": "They are named too."},
    ],
}
SORTING: dict[str, Any] = {
    "task": "Where does each begin?",
    "groups": ["Between people", "In an organization"],
    "cases": [
        {"text": "A curt answer", "group": "1", "explanation": "One says it to another."},
        {"text": "A bad form", "group": "in an organization", "explanation": "It is a rule."},
    ],
}
UNDERSTANDING: dict[str, Any] = {
    "scenario": "Ada and Bo need the same clinic, in a town that we invented.",
    "stages": ["Getting there", "At the desk"],
    "people": [
        {
            "name": "Ada",
            "about": "Drives.",
            "cells": [
                {"stage": "1", "barrier": "", "support": "A car", "key": ""},
                {"stage": "At the desk", "barrier": "A long form", "support": "", "key": "The clinic"},
            ],
        },
        {
            "name": "Bo",
            "about": "",
            "cells": [{"stage": "1", "barrier": "Two buses", "support": "", "key": "The city"}],
        },
    ],
}  # fmt: skip
VALUES = {"check": CHECK, "sorting": SORTING, "understanding": UNDERSTANDING}


def lesson_with(kind: str, value: Any = None) -> tuple[LessonPage, str]:
    """The lesson on grading a city, published with this block at its end, and the block's id."""
    lesson = LessonPage.objects.get(slug="grading-a-city")
    key = str(uuid4())
    with_blocks(lesson, {"type": kind, "value": value or VALUES[kind], "id": key})
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk), key


def address_of(block: str) -> str:
    """Where the form of a block of that lesson is sent."""
    return f"/learn/how-redlining-worked/grading-a-city/try/{block}/"


def block_of(kind: str, value: Any) -> tuple[Any, Any]:
    """A block with a value as the lesson's field reads it."""
    body = LessonPage._meta.get_field("body")
    (part,) = body.to_python([{"type": kind, "value": value, "id": str(uuid4())}])
    return part.block, part.value


def problems(kind: str, **changes: Any) -> list[tuple[str, str]]:
    """Why a block that differs from the good one in these values is not published: the field and the sentence."""
    block, value = block_of(kind, {**VALUES[kind], **changes})
    return [(problem.field, problem.words) for problem in block.problems(value)]
