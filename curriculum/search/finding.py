"""Finding: what the index answers, narrowed to what this reader may open.

The narrowing asks nothing of the database: the outline holds exactly the lessons that the rule lets through, and which
facts they cite is kept with it. So a search takes the same queries whether secrets hold its words or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import doors
from core.content import kept
from curriculum.models import Citation, Edition, Fact, LessonPage
from curriculum.outline import LessonLine, Outline, outline_for
from curriculum.search.index import Hits
from curriculum.search.kinds import Kind, Line
from curriculum.search.passages import marked, passage
from curriculum.search.spelling import Known, corrected
from curriculum.search.words import Asked

Cited = dict[str, tuple[LessonLine, ...]]


@dataclass(frozen=True)
class Found:
    """What was found, for the words that were typed or, when those found nothing, for the closest known ones."""

    kinds: tuple[Kind, ...]
    asked: Asked
    instead_of: str = ""

    def __len__(self) -> int:
        return sum(map(len, self.kinds))


def search(asked: Asked, request: HttpRequest) -> Found:
    """Find lessons, facts and what other apps offer at the door `search`; with other spelling when nothing was found."""
    found = Found(tuple(_kinds(asked, request)), asked)
    if len(found):
        return found
    other = corrected(asked, _known(request)) if asked.wanted else None
    if other is None:
        return found
    again = Found(tuple(_kinds(other, request)), other, instead_of=asked.text)
    return again if len(again) else found


def _kinds(asked: Asked, request: HttpRequest) -> list[Kind]:
    if not asked.wanted:
        return []
    hits = Hits(asked)
    return [
        lessons_found(hits, asked, request),
        facts_found(hits, asked, request),
        *doors.ask("search", hits=hits, asked=asked, request=request),
    ]


def lessons_found(hits: Hits, asked: Asked, request: HttpRequest) -> Kind:
    """The lessons that the reader may open."""
    lines = _lines(request)
    ids = [pk for pk in map(int, hits.of(LessonPage)) if pk in lines]
    counted = ngettext("%(number)d lesson", "%(number)d lessons", len(ids)) % {"number": len(ids)}
    show = partial(_show_lessons, asked, lines)
    return Kind("lessons", _("Lessons"), counted, ids, show)


def facts_found(hits: Hits, asked: Asked, request: HttpRequest) -> Kind:
    """The facts that a lesson cites which the reader may open; others are not published yet."""
    cited = _cited(request)
    ids = [pk for pk in hits.of(Fact) if pk in cited]
    counted = ngettext("%(number)d fact", "%(number)d facts", len(ids)) % {"number": len(ids)}
    return Kind("facts", _("Facts"), counted, ids, partial(_show_facts, asked, cited))


def _show_lessons(
    asked: Asked, lines: dict[int, LessonLine], ids: Sequence[int]
) -> list[Line]:  # fmt: skip
    texts = _published_texts([lines[pk] for pk in ids])
    return [_lesson(lines[pk], texts.get(lines[pk].key, []), asked) for pk in ids]


def _lesson(line: LessonLine, texts: list[str], asked: Asked) -> Line:
    found = passage([line.lede, *texts], asked) or marked(line.lede, asked)
    return Line(marked(line.title, asked), line.url, found)


def _show_facts(asked: Asked, cited: Cited, ids: Sequence[str]) -> list[Line]:
    facts = {str(fact.pk): fact for fact in Fact.objects.filter(pk__in=ids)}
    return [_fact(facts[pk], cited[pk], asked) for pk in ids if pk in facts]


def _fact(fact: Fact, lessons: tuple[LessonLine, ...], asked: Asked) -> Line:
    source = ", ".join(
        filter(None, (fact.source_author, fact.source_title, fact.source_publisher, fact.source_year))
    )  # fmt: skip
    return Line(
        title=[],
        url=lessons[0].url,
        passage=marked(fact.said, asked),
        source=gettext("Source: %(source)s") % {"source": source},
        cited_in=[(lesson.title, lesson.url) for lesson in lessons],
    )


def _published_texts(lines: list[LessonLine]) -> dict[Any, list[str]]:
    """What each lesson says to its readers: the plain words of its last edition in this language, one query for all."""
    if not lines:
        return {}
    same = {"lesson_key": OuterRef("lesson_key"), "language": OuterRef("language")}
    last = Edition.objects.filter(**same).order_by("-number")
    wanted = {(line.key, line.language) for line in lines}
    rows = Edition.objects.filter(
        lesson_key__in=[line.key for line in lines], pk=Subquery(last.values("pk")[:1])
    )
    return {
        row.lesson_key: [text for _block, text in row.texts]
        for row in rows
        if (row.lesson_key, row.language) in wanted
    }


def _lines(request: HttpRequest) -> dict[int, LessonLine]:
    """The lessons of this reader's outline by their page."""
    outline = outline_for(request.user, request)
    key = ("search lessons", request.user.is_authenticated, outline.language)
    return kept(request, key, lambda: {line.page_id: line for line in _all(outline)})


def _cited(request: HttpRequest) -> Cited:
    """The lessons of this reader's outline that cite each fact, by the fact's id, in the order of the outline."""
    lines = _lines(request)

    def read() -> Cited:
        cited: dict[str, list[LessonLine]] = {}
        ids = dict(Fact.objects.values_list("key", "pk"))
        found = dict.fromkeys(Citation.objects.values_list("lesson_id", "fact_key"))
        places = {page_id: place for place, page_id in enumerate(lines)}
        open_ones = [(places[page], page, key) for page, key in found if page in places]
        for _place, page, key in sorted(open_ones):
            if key in ids:
                cited.setdefault(str(ids[key]), []).append(lines[page])
        return {pk: tuple(lessons) for pk, lessons in cited.items()}

    return kept(request, ("search facts", request.user.is_authenticated, get_language()), read)


def _known(request: HttpRequest) -> Known:
    """The words of the titles and opening sentences in this reader's outline, and those of the door `search_words`."""
    outline = outline_for(request.user, request)

    def read() -> Known:
        texts = [f"{module.title} {module.summary}" for module in outline.modules]
        texts += [f"{line.title} {line.lede}" for line in _all(outline)]
        return Known([*texts, *(text for words in doors.ask("search_words") for text in words)])

    return kept(request, ("search words", request.user.is_authenticated, outline.language), read)


def _all(outline: Outline) -> list[LessonLine]:
    return [line for module in outline.modules for line in module.lessons]
