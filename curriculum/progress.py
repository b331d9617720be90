"""What a member has not read yet of a lesson that they finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from curriculum.changes import Change, changes_between
from curriculum.models import Edition, LessonPage


@dataclass(frozen=True)
class News:
    """What changed since the member finished, and when it was published."""

    published_at: datetime
    changes: tuple[Change, ...]

    @property
    def blocks(self) -> frozenset[str]:
        """The blocks that hold a change."""
        return frozenset(block for change in self.changes for block in change.blocks)


def with_edition(lessons: QuerySet[LessonPage]) -> QuerySet[LessonPage]:
    """The lessons with the number of their last edition as `last_edition`, in the same query."""
    editions = Edition.objects.filter(
        lesson_key=OuterRef("translation_key"), language=OuterRef("locale__language_code")
    ).order_by("-number")
    return lessons.annotate(last_edition=Subquery(editions.values("number")[:1]))


def current_edition(lesson: Any) -> int:
    """The number of the edition that the reader has before them; 1 for what was never published."""
    if not hasattr(lesson, "last_edition"):
        lesson = with_edition(LessonPage.objects.filter(pk=lesson.pk)).first()
    return getattr(lesson, "last_edition", None) or 1


def changes_for(lesson: LessonPage, read: int) -> News | None:
    """What later editions changed since edition `read`; None when nothing did. No query when there is no later one."""
    if current_edition(lesson) <= read:
        return None
    mine = Edition.objects.filter(
        lesson_key=lesson.translation_key, language=lesson.locale.language_code
    )
    # What they read in another language counts as this one stood at that time.
    base = mine.filter(number__lte=read).order_by("-number").values("number")[:1]
    editions = list(mine.filter(number__gte=Subquery(base)).order_by("number"))
    if len(editions) < 2:
        return None
    changes = changes_between(editions[0], editions[-1])
    return News(editions[-1].published_at, tuple(changes)) if changes else None
