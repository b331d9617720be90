"""The order of modules and lessons as a reader sees it, and what one reader has finished of a part of it.

The outline is read once for each version of what is published and kept by the process (`core.content`). It knows nobody:
progress is asked for the modules that a page shows, so that a page costs the same with two modules and with two hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Q, QuerySet, UUIDField, Value
from django.http import HttpRequest

from core.content import kept
from core.prepared import PreparedColumns, Somebody, room_for, several, told
from curriculum.addresses import language_of_now, learn
from curriculum.models import LessonDone, LessonPage
from curriculum.pace import CohortOpening
from curriculum.permissions import (
    lessons_translated_for,
    lessons_visible_to,
    modules_translated_for,
    modules_visible_to,
)

#: Length of one step in a treebeard path: the parent's path is the child's less one step.
STEP = LessonPage.steplen
#: Root of the tree, root of the site, index of learning, module: the tree is closed.
MODULE_DEPTH = 4
COLUMNS = ("path", "pk", "slug", "title", "translation_key")
NO_MINUTES, NO_GATE = Value(0), Value("", output_field=CharField())
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
    language: str = settings.LANGUAGE_CODE  # in which the page is that stands at this address

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
    origin_id: int = 0  # the page in the language in which it was written first
    language: str = settings.LANGUAGE_CODE
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
    """All modules that a kind of reader may open, in the order of the tree. Addresses follow from the closed tree.

    What is not translated yet stands there in the language in which it was written first.
    """

    modules: tuple[ModuleLine, ...]
    language: str = settings.LANGUAGE_CODE

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
    """The outline of a reader in the language of now. It differs only between signed in and signed out, so a process keeps both."""
    language = language_of_now()
    if request is None:
        return _read_outline(user, language)
    key = ("outline", user.is_authenticated, language)
    return kept(request, key, lambda: _read_outline(user, language))


@lru_cache(maxsize=20)  # few numbers of places
def _read(room: int) -> PreparedColumns:
    places = several("lesson", room, UUIDField())
    rows = LessonDone.objects
    return PreparedColumns(
        lambda: rows.filter(member=Somebody(), lesson_key__in=places).values_list(
            "lesson_key", "edition"
        )
    )


def _newest() -> QuerySet[Any, Any]:
    rows = LessonDone.objects.filter(member=Somebody()).order_by("-done_at", "-pk")
    return rows.values_list("lesson_key")[:MOST_MARKS_BACK]


_NEWEST = PreparedColumns(_newest)


def marked(modules: Iterable[ModuleLine], user: Any) -> list[ModuleLine]:
    """These modules with what the reader has finished of them: one query, none for the signed-out."""
    modules = list(modules)
    if not user.is_authenticated or not modules:
        return modules
    keys = [lesson.key for module in modules for lesson in module.lessons]
    room = room_for(len(keys))
    read: dict[Any, Any] = {}
    if keys:
        read = dict(_read(room).ask(member=user.pk, **told("lesson", room, keys)))  # type: ignore[arg-type]
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
    places = (outline.index_of(key) for (key,) in _NEWEST.ask(member=user.pk))
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


def _read_outline(user: Any, language: str) -> Outline:
    """Reads plain columns: a list of thousands of lessons needs no page objects. One query, two in another language."""
    shown = _translations(user, language)
    lessons: dict[str, list[Row]] = {}
    modules = []
    for written in _rows(
        modules_visible_to(user), lessons_visible_to(user), settings.LANGUAGE_CODE
    ):
        row = shown[written.key].standing_for(written) if written.key in shown else written
        if len(row.path) == MODULE_DEPTH * STEP:
            modules.append(row)
        else:
            lessons.setdefault(row.path[:-STEP], []).append(row)
    lines: list[ModuleLine] = []
    before = ""
    for number, row in enumerate(modules, start=1):
        lines.append(_module_line(number, row, lessons.get(row.path, []), before))
        before = lines[-1].lessons[-1].title if lines[-1].lessons else before
    return Outline(tuple(lines), language)


class Row(NamedTuple):
    """The columns of a module (its summary as `lede`) or a lesson."""

    path: str
    pk: int
    slug: str
    title: str
    key: UUID
    lede: str
    minutes: int
    gate: str
    language: str
    origin: int

    def standing_for(self, original: Row) -> Row:
        """The words of this translation in the place of its original, at the original's address."""
        return self._replace(path=original.path, slug=original.slug, origin=original.pk)


def _rows(modules: Any, lessons: Any, language: str) -> list[Row]:
    """The rows of these pages by their paths, which is the order of the tree. One query."""
    of_modules = modules.order_by().values_list(*COLUMNS, "summary", NO_MINUTES, NO_GATE)
    of_lessons = lessons.order_by().values_list(*COLUMNS, "lede", "minutes", "gate_reason")
    found = sorted(of_modules.union(of_lessons, all=True))
    return [Row._make((*columns, language, columns[1])) for columns in found]


def _translations(user: Any, language: str) -> dict[UUID, Row]:
    """The translated pages that this reader may open, by their lasting key."""
    if language == settings.LANGUAGE_CODE:
        return {}
    here = Q(locale__language_code=language)
    modules = modules_translated_for(user).filter(here)
    return {
        row.key: row for row in _rows(modules, lessons_translated_for(user).filter(here), language)
    }


def _module_line(number: int, row: Row, lessons: list[Row], before: str) -> ModuleLine:
    """The line of a module; `before` is the title of the lesson that comes before its first one."""
    url = learn(f"{row.slug}/")
    titles = [before, *(lesson.title for lesson in lessons)]
    lines = tuple(_lesson_line(*pair, url) for pair in zip(lessons, titles, strict=False))
    minutes = sum(line.minutes for line in lines)
    return ModuleLine(
        number, row.pk, row.title, row.lede, url, lines, minutes, row.origin, row.language
    )


def _lesson_line(row: Row, before: str, base: str) -> LessonLine:
    after = before if row.gate.strip() else ""
    return LessonLine(
        row.key, row.pk, row.title, row.lede, f"{base}{row.slug}/", row.minutes, after,
        language=row.language,
    )  # fmt: skip
