"""A plain record of the lessons that a member marked as finished: what, when, and the reading time in hours.

It is the member's own statement, made for them alone and kept nowhere. It holds no grade and compares nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from curriculum.models import LessonDone
from curriculum.outline import ModuleLine, Outline


@dataclass(frozen=True)
class DoneLesson:
    """One finished lesson."""

    title: str
    minutes: int
    done_at: datetime


@dataclass(frozen=True)
class DoneModule:
    """The finished lessons of one module. `finished_at` is empty while one of its lessons is open."""

    page_id: int
    title: str
    lessons: tuple[DoneLesson, ...]
    finished_at: datetime | None

    @property
    def minutes(self) -> int:
        """Reading time of the finished lessons."""
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class Finished:
    """Everything that a member finished. `unnamed` are lessons that are not published any more."""

    modules: tuple[DoneModule, ...]
    unnamed: int


@dataclass(frozen=True)
class Record:
    """The sheet."""

    name: str
    modules: tuple[DoneModule, ...]
    issued_on: date

    @property
    def minutes(self) -> int:
        """Reading time of all its lessons."""
        return sum(module.minutes for module in self.modules)

    @property
    def hours(self) -> float:
        """The same in hours."""
        return self.minutes / 60

    @property
    def lesson_count(self) -> int:
        """How many lessons it lists."""
        return sum(len(module.lessons) for module in self.modules)


def finished_by(member: Any, outline: Outline) -> Finished:
    """What the member marked as finished, in the order of the curriculum: one query."""
    done = dict(LessonDone.objects.filter(member=member).values_list("lesson_key", "done_at"))
    modules = tuple(filter(None, (_done_module(line, done) for line in outline.modules)))
    return Finished(modules, len(done) - sum(len(module.lessons) for module in modules))


def record_of(finished: Finished, *, name: str, chosen: Iterable[int]) -> Record:
    """The sheet with this name and these modules, of today on the reader's calendar."""
    wanted = frozenset(chosen)
    modules = tuple(module for module in finished.modules if module.page_id in wanted)
    return Record(name, modules, timezone.localdate())


def _done_module(line: ModuleLine, done: dict[Any, datetime]) -> DoneModule | None:
    lessons = tuple(
        DoneLesson(lesson.title, lesson.minutes, done[lesson.key])
        for lesson in line.lessons
        if lesson.key in done
    )
    if not lessons:
        return None
    whole = len(lessons) == len(line.lessons)
    last = max(lesson.done_at for lesson in lessons)
    return DoneModule(line.page_id, line.title, lessons, last if whole else None)
