"""The order of modules and lessons as a reader sees it, with what they have finished.

Four queries; one where the request keeps the outline (see `core.content`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from core.content import kept
from curriculum.models import LessonDone, LessonPage
from curriculum.permissions import visible_to

#: Length of one step in a treebeard path: the parent's path is the child's less one step.
STEP = LessonPage.steplen
LESSON_COLUMNS = ("path", "pk", "slug", "title", "lede", "minutes", "translation_key")


@dataclass(frozen=True)
class LessonLine:
    """One lesson in a list."""

    key: UUID
    page_id: int
    title: str
    lede: str
    url: str
    minutes: int
    done: bool


@dataclass(frozen=True)
class ModuleLine:
    """One module in a list, with its lessons."""

    number: int
    page_id: int
    title: str
    summary: str
    url: str
    lessons: tuple[LessonLine, ...]

    @property
    def done_count(self) -> int:
        """How many of its lessons the reader has finished."""
        return sum(lesson.done for lesson in self.lessons)

    @property
    def minutes(self) -> int:
        """Reading time of all its lessons, in minutes."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def next_lesson(self) -> LessonLine | None:
        """The first lesson not yet finished."""
        return next((lesson for lesson in self.lessons if not lesson.done), None)


@dataclass(frozen=True)
class Place:
    """Where a lesson stands: its module, itself, and the lesson that follows in the whole curriculum."""

    module: ModuleLine
    lesson: LessonLine
    following: LessonLine | None


def outline_for(user: Any, request: HttpRequest | None = None) -> list[ModuleLine]:
    """Modules with their lessons in the order of the tree. Addresses follow from the closed tree: /learn/module/lesson/.

    Reads plain columns: a list of a thousand lessons needs no page objects.
    """
    done = done_keys(user)
    return [
        replace(
            module, lessons=tuple(replace(line, done=line.key in done) for line in module.lessons)
        )
        for module in bare_outline(user, request)
    ]


def bare_outline(user: Any, request: HttpRequest | None = None) -> list[ModuleLine]:
    """The outline without anybody's progress. It differs only between signed in and signed out, so a request keeps it."""
    if request is None:
        return _read_outline(user)
    return kept(request, ("outline", user.is_authenticated), lambda: _read_outline(user))


def address_book(request: HttpRequest) -> dict[str, int]:
    """The addresses of the lessons that this reader may open, with their pages."""
    user = request.user
    return kept(
        request,
        ("addresses", user.is_authenticated),
        lambda: {
            line.url: line.page_id
            for module in bare_outline(user, request)
            for line in module.lessons
        },
    )


def _read_outline(user: Any) -> list[ModuleLine]:
    open_modules, open_lessons = visible_to(user)
    modules = open_modules.order_by("path").values_list("path", "pk", "slug", "title", "summary")
    lessons: dict[str, list[Any]] = {}
    for row in open_lessons.order_by("path").values(*LESSON_COLUMNS):
        lessons.setdefault(row["path"][:-STEP], []).append(row)
    return [
        ModuleLine(
            number=number,
            page_id=page_id,
            title=title,
            summary=summary,
            url=f"/learn/{slug}/",
            lessons=tuple(_line(row, f"/learn/{slug}/") for row in lessons.get(path, ())),
        )
        for number, (path, page_id, slug, title, summary) in enumerate(modules, start=1)
    ]


def place_of(lesson: LessonPage, user: Any, request: HttpRequest | None = None) -> Place | None:
    """Where this lesson stands in the reader's outline; None for a draft shown in a preview."""
    modules = outline_for(user, request)
    everything = [(module, line) for module in modules for line in module.lessons]
    for index, (module, line) in enumerate(everything):
        if line.page_id == lesson.pk:
            later = everything[index + 1 : index + 2]
            return Place(module, line, later[0][1] if later else None)
    return None


def current_module(modules: list[ModuleLine], user: Any) -> ModuleLine | None:
    """Where the member goes on: the module they were last at while it has an unfinished lesson, else the first that has."""
    last = (
        LessonDone.objects.filter(member=user).order_by("-done_at", "-pk").values_list("lesson_key", flat=True).first()
    )  # fmt: skip
    open_ones = [module for module in modules if module.next_lesson]
    open_ones.sort(key=lambda module: all(lesson.key != last for lesson in module.lessons))
    return open_ones[0] if open_ones else None


def done_keys(user: Any) -> frozenset[UUID]:
    """The lasting keys of the lessons that the reader has finished."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(LessonDone.objects.filter(member=user).values_list("lesson_key", flat=True))


def _line(row: dict[str, Any], base: str) -> LessonLine:
    return LessonLine(
        key=row["translation_key"],
        page_id=row["pk"],
        title=row["title"],
        lede=row["lede"],
        url=f"{base}{row['slug']}/",
        minutes=row["minutes"],
        done=False,
    )
