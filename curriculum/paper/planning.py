"""A session plan: what a facilitator needs to lead a cohort through a module, from the module's published lessons.

It holds notes that are for facilitators alone, so it is made for each request and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.text import trusted
from curriculum.models import LessonPage
from curriculum.outline import LessonLine, ModuleLine
from curriculum.references import Reference, References, cited_keys, references_of

NOTES = "facilitator"  # the kind of block that holds a note for facilitators
PROMPTS, ALONE, SOURCES = "discussion", "reflection", "sources"
NOTE_TEMPLATE = "curriculum/paper/facilitator.html"
PROMPT_TEMPLATE = "curriculum/paper/plan_prompt.html"
#: Minutes of a suggestion: to arrive and to end a meeting, for each thing to talk about, for each to write about alone.
ARRIVE, CLOSE, TALK, WRITE = 10, 10, 10, 5
MEETING = 90


@dataclass(frozen=True)
class PlanLesson:
    """One lesson of the plan with its prompts and notes as HTML, and how long its parts may take."""

    title: str
    url: str
    goal: str
    prompts: tuple[SafeString, ...]
    notes: tuple[SafeString, ...]
    read: int
    write: int
    talk: int

    @property
    def together(self) -> int:
        """Minutes that a meeting may need for it, when members have read it before."""
        return self.write + self.talk

    @property
    def minutes(self) -> int:
        """Minutes that a meeting may need for it when it is read there."""
        return self.read + self.together


@dataclass(frozen=True)
class Meeting:
    """What one meeting may hold."""

    lessons: tuple[PlanLesson, ...]
    arrive: int = ARRIVE
    close: int = CLOSE

    @property
    def minutes(self) -> int:
        """Its length."""
        return ARRIVE + sum(lesson.minutes for lesson in self.lessons) + CLOSE


@dataclass(frozen=True)
class Plan:
    """The plan of a module. `sources` are those that its prompts and notes cite."""

    module: ModuleLine
    lessons: tuple[PlanLesson, ...]
    sources: tuple[Reference, ...]

    @property
    def read(self) -> int:
        """Minutes of reading in all."""
        return sum(lesson.read for lesson in self.lessons)

    @property
    def minutes(self) -> int:
        """Minutes of all meetings."""
        return sum(meeting.minutes for meeting in self.meetings)

    @property
    def meetings(self) -> list[Meeting]:
        """A suggestion: lessons in their order, as many to a meeting as fit into an hour and a half."""
        return [Meeting(tuple(lessons)) for lessons in _by_meeting(self.lessons)]


def plan_of(module: ModuleLine) -> Plan:
    """Make the plan: one query for the lessons and at most one for the facts, whatever their number."""
    pages = LessonPage.objects.in_bulk([line.page_id for line in module.lessons])
    lines = [line for line in module.lessons if line.page_id in pages]
    shown = {line.page_id: _of_kinds(pages[line.page_id], PROMPTS, NOTES) for line in lines}
    parts = [part for found in shown.values() for part in found]
    own = [part for page in pages.values() for part in _of_kinds(page, SOURCES)]
    # A note lends the keys that its lesson cites; only here are they sources of their own.
    lent = [key for part in parts for key in part.block.borrowed(part.value)]
    references = references_of([*parts, *own], also=lent)
    cited = {*cited_keys(parts), *lent}
    lessons = tuple(_plan_lesson(line, pages[line.page_id], shown[line.page_id], references) for line in lines)  # fmt: skip
    return Plan(module, lessons, tuple(line for line in references.lines if line.key in cited))


def _of_kinds(page: LessonPage, *kinds: str) -> list[Any]:
    """The blocks of these kinds; the others are left as they are stored, since reading them would cost queries."""
    return [page.body[at] for at, raw in enumerate(page.body.raw_data) if raw["type"] in kinds]


def _plan_lesson(
    line: LessonLine, page: LessonPage, parts: Iterable[Any], references: References
) -> PlanLesson:
    prompts = [part for part in parts if part.block_type != NOTES]
    notes = [part for part in parts if part.block_type == NOTES]
    return PlanLesson(
        title=line.title,
        url=line.url,
        goal=page.goal,
        prompts=_rendered(PROMPT_TEMPLATE, prompts, line, references),
        notes=_rendered(NOTE_TEMPLATE, notes, line, references),
        read=line.minutes,
        write=WRITE * len(_of_kinds(page, ALONE)),
        talk=TALK * len(prompts),
    )


def _rendered(
    template: str, parts: list[Any], line: LessonLine, references: References
) -> tuple[SafeString, ...]:
    """Each block by this template. Citations lead to the plan's own sources."""
    if not parts:
        return ()
    given = {"numbers": references.numbers, "facts": references.facts}
    try:
        made = [
            render_to_string(template, {**given, "part": part, "value": part.value})
            for part in parts
        ]
    except TemplateDoesNotExist:
        return ()
    # The sources stand elsewhere on the page, under the ids that citations name.
    return tuple(trusted(one) for one in made)


def _by_meeting(lessons: Iterable[PlanLesson]) -> list[list[PlanLesson]]:
    meetings: list[list[PlanLesson]] = []
    room = 0
    for lesson in lessons:
        if not meetings or lesson.minutes > room:
            meetings.append([])
            room = MEETING - ARRIVE - CLOSE
        meetings[-1].append(lesson)
        room -= lesson.minutes
    return meetings
