"""The lesson that prompts a commitment, named by its lasting key. An unknown one, or one that is closed to the reader, is none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import override

from accountability.commitments.texts import About
from curriculum.addresses import language_of_now, learn
from curriculum.models import LessonPage
from curriculum.permissions import lessons_translated_for, lessons_visible_to


def lesson_named(user: Any, key: str) -> About | None:
    """The lesson of this key as its reader knows it: in the language of the page where there is one."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    pages: list[LessonPage] = [
        page
        for rows in (lessons_visible_to(user), lessons_translated_for(user))
        for page in rows.filter(translation_key=wanted).select_related("locale")
    ]
    pages.sort(key=lambda page: page.locale.language_code != language_of_now())
    return _about(pages[0]) if pages else None


def _about(page: LessonPage) -> About:
    with override(page.locale.language_code):
        url = learn(f"{page.get_parent().slug}/{page.slug}/")
    return About(key=str(page.translation_key), words=page.title, url=url)
