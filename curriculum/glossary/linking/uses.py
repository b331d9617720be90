"""Where a term is used: the lessons that a reader may open."""

from __future__ import annotations

from curriculum.glossary.models import LessonTerm, Term
from curriculum.outline import LessonLine, Outline


def lessons_using(term: Term, outline: Outline) -> list[LessonLine]:
    """The lessons of this outline that use the term, in its order. One query."""
    pages = set(LessonTerm.objects.filter(term=term).values_list("lesson_id", flat=True))
    return [line for module in outline.modules for line in module.lessons if line.page_id in pages]
