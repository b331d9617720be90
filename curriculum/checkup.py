"""What `check_curriculum` asks of the published lessons: all that publishing asks, and the length and plainness of each.

The words counted are those that one reads from top to bottom. What one tries, unfolds or looks up (a check, a sorting, a map of
understanding, a chart's table, an event, a transcript, a facilitator's note) has room beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from curriculum.advice import HIGHEST_GRADE, grade_of_parts
from curriculum.findings import findings_of
from curriculum.models import LessonPage
from curriculum.models.findings import FindingKind
from curriculum.parts import parts_of
from curriculum.readiness import problems_of
from curriculum.references import references_of

FEWEST_WORDS, MOST_WORDS = 600, 1_200
READ_THROUGH = frozenset({
    "heading", "markdown", "rich_text", "quotation", "fact", "care", "figure", "term", "reflection", "discussion", "commitment",
})  # fmt: skip
#: Of these every lesson is made; the others are what a lesson has beside them.
EVERYWHERE = frozenset({"heading", "markdown", "rich_text", "sources", "reflection"})


@dataclass(frozen=True)
class Reading:
    """One lesson as it was read: its words, the grade of school that its sentences ask for (None: too few to say), its blocks."""

    address: str
    words: int
    grade: float | None
    blocks: tuple[str, ...]
    problems: tuple[str, ...]


def readings() -> Iterator[Reading]:
    """Each published lesson, in the order of the curriculum."""
    for lesson in LessonPage.objects.live().order_by("path").select_related("locale"):
        yield reading_of(lesson)


def reading_of(lesson: Any) -> Reading:
    """Read one lesson."""
    parts = parts_of(lesson)
    words, grade = words_of_lesson(lesson), grade_of_parts(parts)
    kinds = dict.fromkeys(part.kind for part in parts if part.kind not in EVERYWHERE)
    problems = (*problems_of(lesson), *_claims(lesson), *_out_of_range(words, grade))
    return Reading(lesson.url_path, words, grade, tuple(kinds), problems)


def words_of_lesson(lesson: Any) -> int:
    """The words that a reader of this lesson reads from top to bottom."""
    facts = references_of(lesson.body).facts
    read = (part for part in lesson.body if part.block_type in READ_THROUGH)
    return sum(len(part.block.plain(part.value, facts).split()) for part in read)


def _claims(lesson: Any) -> Iterator[str]:
    for finding in findings_of(lesson):
        if finding.kind == FindingKind.CLAIM:
            yield _("Body, part %(place)s: no fact stands behind “%(words)s”") % {
                "place": finding.place, "words": finding.words,
            }  # fmt: skip


def _out_of_range(words: int, grade: float | None) -> Iterator[str]:
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        yield _("Body: %(words)s words to read; a lesson has %(fewest)s to %(most)s.") % {
            "words": words, "fewest": FEWEST_WORDS, "most": MOST_WORDS,
        }  # fmt: skip
    if grade is not None and grade > HIGHEST_GRADE:
        yield _("Body: grade %(grade)s of school (Flesch-Kincaid); we aim for %(most)s or less.") % {
            "grade": round(grade, 1), "most": HIGHEST_GRADE,
        }  # fmt: skip
