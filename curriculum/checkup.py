"""What `check_curriculum` asks of the published lessons: all that publishing asks, and the length and plainness of each.

A lesson has at least 600 words in all, without facilitator notes, and at most 1 200 that one reads from top to bottom: what one
tries, unfolds or looks up (a check, a sorting, a map of understanding, a chart, events, a transcript) has room beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from curriculum.advice import HIGHEST_GRADE, grade_of_parts
from curriculum.findings import findings_of
from curriculum.glossary.models import Term
from curriculum.models import LessonPage
from curriculum.models.findings import FindingKind
from curriculum.parts import parts_of
from curriculum.readiness import problems_of
from curriculum.references import references_of

FEWEST_WORDS, MOST_WORDS = 600, 1_200
#: How much longer the same lesson may be in another language: Spanish takes a tenth more words than English.
LONGER = 1.1
READ_THROUGH = frozenset({
    "heading", "markdown", "rich_text", "quotation", "fact", "care", "figure", "term", "reflection", "discussion", "commitment",
})  # fmt: skip
#: Of these every lesson is made; the others are what a lesson has beside them.
EVERYWHERE = frozenset({"heading", "markdown", "rich_text", "sources", "reflection"})


@dataclass(frozen=True)
class Reading:
    """One lesson as it was read: its words from top to bottom and in all, the grade of school that its sentences ask for (None: too few to say), its blocks."""

    address: str
    words: int
    in_all: int
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
    words, in_all = words_of_lesson(lesson)
    english = lesson.locale.language_code == settings.LANGUAGE_CODE
    grade = grade_of_parts(parts) if english else None  # the formula was made for English
    kinds = dict.fromkeys(part.kind for part in parts if part.kind not in EVERYWHERE)
    problems = (
        *problems_of(lesson),
        *_claims(lesson),
        *_out_of_range(words if english else round(words / LONGER), in_all, grade),
        *_still_english(lesson),
    )
    return Reading(lesson.url_path, words, in_all, grade, tuple(kinds), problems)


def words_of_lesson(lesson: Any) -> tuple[int, int]:
    """The words that a reader of this lesson reads from top to bottom, and all but those of facilitator notes."""
    facts = references_of(lesson.body).facts
    counted = [
        (part.block_type, len(part.block.plain(part.value, facts).split())) for part in lesson.body
    ]
    through = sum(count for kind, count in counted if kind in READ_THROUGH)
    return through, sum(count for kind, count in counted if kind != "facilitator")


def _claims(lesson: Any) -> Iterator[str]:
    for finding in findings_of(lesson):
        if finding.kind == FindingKind.CLAIM:
            yield _("Body, part %(place)s: no fact stands behind “%(words)s”") % {
                "place": finding.place, "words": finding.words,
            }  # fmt: skip


def _still_english(lesson: Any) -> Iterator[str]:
    """What a lesson in Spanish shows of rows that have no Spanish yet."""
    if lesson.locale.language_code != "es":
        return
    for part in lesson.body:
        row = part.value.get("fact") or part.value.get("term") if part.block_type in ("fact", "term") else None  # fmt: skip
        if row is not None and not _has_spanish(row):
            yield _("Body: “%(row)s” has no words in Spanish yet") % {"row": row}
    facts = references_of(lesson.body).facts
    said = {key for part in lesson.body for key in part.block.said_keys(part.value)}
    for key in sorted(said & set(facts)):
        if not facts[key].statement_es:
            yield _("Body: the fact %(key)s is said here and has no words in Spanish yet") % {
                "key": key
            }


def _has_spanish(row: Any) -> bool:
    if isinstance(row, Term):
        return row.proposals.filter(language="es").exists()
    return bool(row.statement_es)


def _out_of_range(words: int, in_all: int, grade: float | None) -> Iterator[str]:
    if in_all < FEWEST_WORDS:
        yield _("Body: %(words)s words in all; a lesson has at least %(fewest)s.") % {
            "words": in_all, "fewest": FEWEST_WORDS,
        }  # fmt: skip
    if words > MOST_WORDS:
        yield _("Body: %(words)s words from top to bottom; a lesson has at most %(most)s.") % {
            "words": words, "most": MOST_WORDS,
        }  # fmt: skip
    if grade is not None and grade > HIGHEST_GRADE:
        yield _("Body: grade %(grade)s of school (Flesch-Kincaid); we aim for %(most)s or less.") % {
            "grade": round(grade, 1), "most": HIGHEST_GRADE,
        }  # fmt: skip
