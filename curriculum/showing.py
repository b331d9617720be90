"""The body of a lesson and its sources as HTML: made once for each edition and language, the same for every reader.

Only a reader to whom changes are shown, and a preview, have it made anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.content import kept
from curriculum.references import references_of


@dataclass(frozen=True)
class Shown:
    """The two parts of the page."""

    body: SafeString
    sources: SafeString


def shown(lesson: Any, request: HttpRequest, *, news: Any = None, fresh: bool = False) -> Shown:
    """The parts of this lesson. `news` marks what changed since the reader finished."""
    if fresh or news is not None:
        return _make(lesson, news)
    key = ("lesson", lesson.pk, lesson.live_revision_id, get_language())
    return kept(request, key, lambda: _make(lesson, None))


def _make(lesson: Any, news: Any) -> Shown:
    references = references_of(lesson.body)
    given = {
        "page": lesson,
        "news": news,
        "numbers": references.numbers,
        "facts": references.facts,
        "references": references,
    }
    return Shown(
        render_to_string("curriculum/lesson_body.html", given),
        render_to_string("curriculum/lesson_sources.html", given),
    )
