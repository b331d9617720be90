"""The order of modules and lessons as a reader sees it, and what one reader has finished of a part of it.

The outline is read once for each version of what is published and kept by the process (`core.content`). It knows nobody:
progress is asked for the modules that a page shows, so that a page costs the same with two modules and with two hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, Value
from django.http import HttpRequest

from core.content import kept
from curriculum.models import LessonDone, LessonPage
from curriculum.pace import CohortOpening
from curriculum.permissions import lessons_visible_to, modules_visible_to

#: Length of one step in a treebeard path: the parent's path is the child's less one step.
STEP = LessonPage.steplen
#: Root of the tree, root of the site, index of learning, module: the tree is closed.
MODULE_DEPTH = 4
COLUMNS = ("path", "pk", "slug", "title", "translation_key")
#: Modules asked about at once when the next open one is looked for.
STRIDE = 20
#: How many of the newest marks are looked at for one whose lesson is still there.
MOST_MARKS_BACK = 50


@dataclass(frozen=True)
class LessonLine:
    """One lesson in a list. `read` is the edition at which one reader finished it; 0 is not done, or not asked for."""

    key: UUID
    page_id: int
    title: str
    lede: str
    url: str
    minutes: int
    after: str = (
        ""  # the title of the lesson that should be finished first, where an editor asks for it
    )
    read: int = 0

    @property
    def done(self) -> bool:
        """Whether the reader has finished it."""
        return self.read > 0


@dataclass(frozen=True)
class ModuleLine:
    """One module in a list, with its lessons. `done_count` is one reader's, 0 until it was asked for (`marked`)."""

    number: int
    page_id: int
    title: str
    summary: str
    url: str
    lessons: tuple[LessonLine, ...]
    minutes: int  # reading time of all its lessons
    done_count: int = 0
    openings: tuple[CohortOpening, ...] = ()  # of one reader's cohorts (`pace.with_openings`)

    @property
    def next_lesson(self) -> LessonLine | None:
        """The first lesson not yet finished."""
        return next((lesson for lesson in self.lessons if not lesson.done), None)


@dataclass(frozen=True)
class Place:
    """Where a lesson stands: its module, itself, and the lesson that follows in the whole curriculum.

    `before` is the lesson to finish first, for a lesson that asks for it.
    """

    module: ModuleLine
    lesson: LessonLine
    following: LessonLine | None
    before: LessonLine | None = None


@dataclass(frozen=True)
class Outline:
    """All modules that a kind of reader may open, in the order of the tree. Addresses follow from the closed tree."""

    modules: tuple[ModuleLine, ...]

    @cached_property
    def _places(self) -> dict[UUID, tuple[int, int]]:
        return {
            lesson.key: (at, position)
            for at, module in enumerate(self.modules)
            for position, lesson in enumerate(module.lessons)
        }

    @cached_property
    def addresses(self) -> dict[str, int]:
        """The page of each lesson by its address."""
        return {line.url: line.page_id for module in self.modules for line in module.lessons}

    @cached_property
    def _modules_by_page(self) -> dict[int, ModuleLine]:
        return {module.page_id: module for module in self.modules}

    def module(self, page_id: int) -> ModuleLine | None:
        """The module of this page."""
        return self._modules_by_page.get(page_id)

    def index_of(self, key: UUID | None) -> int | None:
        """The position of the module that holds a lesson."""
        found = self._places.get(key) if key else None
        return found[0] if found else None

    def place(self, key: UUID, user: Any) -> Place | None:
        """Where a lesson stands for this reader; None when it is not in the outline, as a draft is not. One query."""
        found = self._places.get(key)
        if found is None:
            return None
        at, position = found
        gated = bool(self.modules[at].lessons[position].after)
        before = self._before(at, position) if gated else None
        numbers = sorted({at, before[0]} if before else {at})
        lines = dict(zip(numbers, marked([self.modules[n] for n in numbers], user), strict=True))
        module = lines[at]
        first = lines[before[0]].lessons[before[1]] if before else None
        return Place(module, module.lessons[position], self._after(at, position), first)

    def _before(self, at: int, position: int) -> tuple[int, int] | None:
        """The module and position of the lesson before: in this module, else the last of one before it."""
        if position:
            return at, position - 1
        earlier = (n for n in range(at - 1, -1, -1) if self.modules[n].lessons)
        return next(((n, len(self.modules[n].lessons) - 1) for n in earlier), None)

    def _after(self, at: int, position: int) -> LessonLine | None:
        lessons = self.modules[at].lessons
        if position + 1 < len(lessons):
            return lessons[position + 1]
        later = (module.lessons[0] for module in self.modules[at + 1 :] if module.lessons)
        return next(later, None)


def outline_for(user: Any, request: HttpRequest | None = None) -> Outline:
    """The outline of a reader. It differs only between signed in and signed out, so a process keeps both."""
    if request is None:
        return _read_outline(user)
    return kept(request, ("outline", user.is_authenticated), lambda: _read_outline(user))


def marked(modules: Iterable[ModuleLine], user: Any) -> list[ModuleLine]:
    """These modules with what the reader has finished of them: one query, none for the signed-out."""
    modules = list(modules)
    if not user.is_authenticated or not modules:
        return modules
    keys = [lesson.key for module in modules for lesson in module.lessons]
    read = dict(
        LessonDone.objects.filter(member=user, lesson_key__in=keys).values_list(
            "lesson_key", "edition"
        )
    )
    return [_with_marks(module, read) for module in modules]


def _with_marks(module: ModuleLine, read: dict[UUID, int]) -> ModuleLine:
    lessons = tuple(replace(line, read=read.get(line.key, 0)) for line in module.lessons)
    return replace(module, lessons=lessons, done_count=sum(line.done for line in lessons))


def current_module(
    outline: Outline, user: Any, known: Iterable[ModuleLine] = ()
) -> ModuleLine | None:
    """Where the member goes on: the module they were last at while it has an open lesson, else the next that has one.

    Lessons that were deleted, unpublished or closed since are passed over: the newest mark that still leads somewhere
    counts. After the last module the search begins again with the first. None when everything is finished. Modules
    that are `known` with the member's marks are not asked for again.
    """
    newest = LessonDone.objects.filter(member=user).order_by("-done_at", "-pk")
    keys = newest.values_list("lesson_key", flat=True)[:MOST_MARKS_BACK]
    places = (outline.index_of(key) for key in keys)
    start = next((place for place in places if place is not None), 0)
    in_turn = [*outline.modules[start:], *outline.modules[:start]]
    marks = {module.page_id: module for module in known}
    return next((line for line in _in_turn(in_turn, user, marks) if line.next_lesson), None)


def _in_turn(
    modules: list[ModuleLine], user: Any, known: dict[int, ModuleLine]
) -> Iterator[ModuleLine]:
    """The modules with the member's marks, the first alone, then some at a time: nearly always the first is enough."""
    for run in (modules[:1], *(modules[at : at + STRIDE] for at in range(1, len(modules), STRIDE))):
        if all(module.page_id in known for module in run):
            yield from (known[module.page_id] for module in run)
        else:
            yield from marked(run, user)


def _read_outline(user: Any) -> Outline:
    """Reads plain columns: a list of thousands of lessons needs no page objects. One query."""
    found = (
        modules_visible_to(user)
        .order_by()
        .values_list(*COLUMNS, "summary", Value(0), Value("", output_field=CharField()))
        .union(
            lessons_visible_to(user)
            .order_by()
            .values_list(*COLUMNS, "lede", "minutes", "gate_reason"),
            all=True,
        )
    )
    lessons: dict[str, list[Any]] = {}
    modules = []
    for row in sorted(found):  # by path, which is the order of the tree
        if len(row[0]) == MODULE_DEPTH * STEP:
            modules.append(row)
        else:
            lessons.setdefault(row[0][:-STEP], []).append(row)
    lines: list[ModuleLine] = []
    before = ""
    for number, row in enumerate(modules, start=1):
        lines.append(_module_line(number, row, lessons.get(row[0], []), before))
        before = lines[-1].lessons[-1].title if lines[-1].lessons else before
    return Outline(tuple(lines))


def _module_line(number: int, row: tuple[Any, ...], lessons: list[Any], before: str) -> ModuleLine:
    """The line of a module; `before` is the title of the lesson that comes before its first one."""
    _path, page_id, slug, title, _key, summary, _minutes, _gate = row
    url = f"/learn/{slug}/"
    titles = [before, *(lesson[3] for lesson in lessons)]
    lines = tuple(_lesson_line(*pair, url) for pair in zip(lessons, titles, strict=False))
    minutes = sum(line.minutes for line in lines)
    return ModuleLine(number, page_id, title, summary, url, lines, minutes)


def _lesson_line(row: tuple[Any, ...], before: str, base: str) -> LessonLine:
    _path, page_id, slug, title, key, lede, minutes, gate = row
    after = before if gate.strip() else ""
    return LessonLine(key, page_id, title, lede, f"{base}{slug}/", minutes, after)
