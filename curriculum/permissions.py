"""Who may read which lesson: published ones are for all, restricted ones for the members that the restriction lets in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.models import PageViewRestriction

from curriculum.models import LessonPage, ModulePage


def _closed_to(user: Any) -> list[PageViewRestriction]:
    """The restrictions that keep this reader out."""
    closed = PageViewRestriction.objects.select_related("page")
    if user.is_authenticated:
        closed = closed.exclude(restriction_type=PageViewRestriction.LOGIN)
    return list(closed)


def lessons_visible_to(user: Any) -> QuerySet[LessonPage]:
    """Published lessons that the reader may open."""
    return _open(LessonPage.objects.live(), _closed_to(user))


def modules_visible_to(user: Any) -> QuerySet[ModulePage]:
    """Published modules that the reader may open."""
    return _open(ModulePage.objects.live(), _closed_to(user))


def visible_to(user: Any) -> tuple[QuerySet[ModulePage], QuerySet[LessonPage]]:
    """Both of the above with one question about restrictions."""
    closed = _closed_to(user)
    return _open(ModulePage.objects.live(), closed), _open(LessonPage.objects.live(), closed)


def _open(pages: Any, closed: list[PageViewRestriction]) -> Any:
    for restriction in closed:
        pages = pages.not_descendant_of(restriction.page, inclusive=True)
    return pages


def can_read_lesson(user: Any, lesson: LessonPage) -> bool:
    """Whether the reader may open this lesson."""
    return lesson.live and not any(
        lesson.path.startswith(restriction.page.path) for restriction in _closed_to(user)
    )


def can_mark_lesson(user: Any, lesson: LessonPage) -> bool:
    """Whether the member may mark this lesson done: whoever may read it, signed in."""
    return bool(user.is_authenticated and can_read_lesson(user, lesson))
