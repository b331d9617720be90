"""A folder of starter files with one module and one lesson, as a historian would write it."""

from pathlib import Path

from curriculum.loader.loading import load_folder
from curriculum.loader.writing import Outcome
from curriculum.models import LessonPage

MODULE_FILE = "07-bridges/module.md"
LESSON_FILE = "07-bridges/01-the-bridge.md"
MODULE = "---\ntitle: Bridges\nsummary: Who crosses.\n---\nHello.\n"
LESSON = """---
title: The bridge
lede: Who could cross it.
goal: Say who could cross the bridge.
minutes: 4
sources:
  - key: BR01
    title: Minutes of the council
    year: "1931"
---
The council met in May [@BR01].

## What was said

It was short.

::: quotation
text: The bridge is for all.
attribution: Minutes, 1931
source: BR01
:::
"""


def make_folder(at: Path) -> Path:
    """The folder, written."""
    (at / "07-bridges").mkdir()
    (at / MODULE_FILE).write_text(MODULE)
    (at / LESSON_FILE).write_text(LESSON)
    return at


def load(folder: Path, **options: object) -> Outcome:
    """Load the folder; what became of its modules and lessons."""
    return load_folder(folder, **options).pages


def correct(
    folder: Path, old: str = "in May", new: str = "in June", file: str = LESSON_FILE
) -> None:
    """The historian corrects a sentence, which is there once."""
    text = (folder / file).read_text()
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new))


def the_lesson() -> LessonPage:
    """The page of the lesson, fresh from the database."""
    return LessonPage.objects.get(slug="the-bridge")
