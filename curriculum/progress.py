"""What a member has not read yet of a lesson that they finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest

from core.content import kept
from curriculum.changes import Change, changes_between
from curriculum.models import Edition, LessonDone, LessonPage


@dataclass(frozen=True)
class News:
    """What changed since the member finished, and when it was published."""

    published_at: datetime
    changes: tuple[Change, ...]

    @property
    def blocks(self) -> frozenset[str]:
        """The blocks that hold a change."""
        return frozenset(block for change in self.changes for block in change.blocks)


def current_edition(lesson: LessonPage, request: HttpRequest) -> int:
    """The number of the edition that the reader has before them."""
    editions = Edition.objects.filter(lesson_key=lesson.translation_key)
    return kept(
        request,
        ("edition", lesson.pk, lesson.live_revision_id),
        lambda: editions.aggregate(last=Max("number"))["last"] or 1,
    )


def changes_for(lesson: LessonPage, member: Any) -> News | None:
    """What a later edition changed since the member marked the lesson done; None when nothing did."""
    done = LessonDone.objects.filter(member=member, lesson_key=lesson.translation_key).first()
    if done is None:
        return None
    editions = list(
        Edition.objects.filter(
            lesson_key=lesson.translation_key, number__gte=done.edition
        ).order_by("number")
    )
    if len(editions) < 2:
        return None
    changes = changes_between(editions[0], editions[-1])
    return News(editions[-1].published_at, tuple(changes)) if changes else None
