"""A module as it is printed: its lessons one after the other, made still, with the explanations of its tasks at the end.

A block may bring a template of its own for paper, `curriculum/paper/<kind>.html`, and one whose contents go into the part
“Explained” at the end of the module, `curriculum/paper/<kind>_explained.html`. Both are given `value`, `numbers`, `facts`,
`part` and `page`. Where there is none, the block's own template is made still (`still.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from core.content import kept
from curriculum.models import LessonPage, ModulePage
from curriculum.outline import LessonLine, ModuleLine
from curriculum.paper.still import still, written_out
from curriculum.references import references_of

#: Kinds of blocks that have no place on a module's print page: sources stand at the end, notes are for facilitators.
NOT_PRINTED = frozenset({"sources", "facilitator"})


@dataclass(frozen=True)
class PaperLesson:
    """One lesson on paper. `explained` is empty when none of its blocks explains anything at the end of the module."""

    anchor: str
    language: str
    title: str
    lede: str
    goal: str
    minutes: int
    body: SafeString
    sources: SafeString
    explained: SafeString
    words: dict[str, str]  # of the shared language, with their addresses


@dataclass(frozen=True)
class PaperModule:
    """A module on paper, the same for everybody who may read these lessons."""

    number: int
    title: str
    url: str
    language: str
    summary: str
    goal: str
    introduction: str
    lessons: tuple[PaperLesson, ...]

    @property
    def explained(self) -> list[PaperLesson]:
        """The lessons that have something to explain at the end."""
        return [lesson for lesson in self.lessons if lesson.explained]


def printed(module: ModuleLine, request: HttpRequest) -> PaperModule:
    """The module with the lessons of this line; made once for each version of what is published."""
    ids = tuple(line.page_id for line in module.lessons)
    key = ("on paper", module.page_id, ids, get_language())
    return kept(request, key, lambda: print_module(module))


def print_module(module: ModuleLine) -> PaperModule:
    """Make the module."""
    page = ModulePage.objects.select_related("locale").get(pk=module.page_id)
    pages = LessonPage.objects.in_bulk([line.page_id for line in module.lessons])
    lessons = tuple(
        _print_lesson(pages[line.page_id], line, f"lesson-{number}")
        for number, line in enumerate(module.lessons, start=1)
        if line.page_id in pages
    )
    return PaperModule(
        module.number,
        page.title,
        module.url,
        page.locale.language_code,
        page.summary,
        page.goal,
        page.introduction,
        lessons,
    )


def _print_lesson(page: LessonPage, line: LessonLine, anchor: str) -> PaperLesson:
    with override(line.language):  # our words between those of the lesson
        return _printed(page, line, anchor)


def _printed(page: LessonPage, line: LessonLine, anchor: str) -> PaperLesson:
    references = references_of(page.body)
    given = {
        "page": page,
        "news": None,
        "numbers": references.numbers,
        "facts": references.facts,
        "references": references,
    }
    parts = [part for part in page.body if part.block_type not in NOT_PRINTED]
    body = "".join(on_paper(part, given) for part in parts)
    explained = "".join(_explained(part, given) for part in parts)
    sources = render_to_string("curriculum/paper/sources.html", given)
    sheet = still(body, sources, explained, prefix=f"{anchor}-", base=line.url)
    words = {word: written_out(address) for address, word in sheet.terms.items()}
    body, sources, explained = sheet.pieces
    return PaperLesson(
        anchor=anchor,
        language=line.language,
        title=page.title,
        lede=page.lede,
        goal=page.goal,
        minutes=page.minutes,
        body=body,
        sources=sources,
        explained=explained,
        words=words,
    )


def on_paper(part: Any, given: dict[str, Any]) -> str:
    """One block by its template for paper, else by its own."""
    return _by(f"curriculum/paper/{part.block_type}.html", part, given) or render_to_string(
        "curriculum/lesson_part.html", {**given, "part": part}
    )


def _explained(part: Any, given: dict[str, Any]) -> str:
    return _by(f"curriculum/paper/{part.block_type}_explained.html", part, given) or ""


def _by(name: str, part: Any, given: dict[str, Any]) -> str | None:
    """What the template of this name makes of the block; None where there is no such template."""
    try:
        template = get_template(name)
    except TemplateDoesNotExist as missing:
        if name not in {str(one) for one in missing.args}:
            raise  # the template is there and stands on one that is not
        return None
    return str(template.render({**given, "part": part, "value": part.value}))
