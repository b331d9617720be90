"""Wagtail says that a page was published, whoever did it; an edition is written from that."""

from __future__ import annotations

from typing import Any

from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, post_page_move

from core import content
from curriculum.models import (
    Fact,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    RedliningMap,
    SiteRootPage,
)


def after_publish(instance: LessonPage, **_signal: Any) -> None:
    """Write the edition of a lesson that was just published."""
    from curriculum.publishing import write_edition

    write_edition(instance)


def connect() -> None:
    """Connect the receivers, once."""
    content.watch(
        SiteRootPage, LearnIndexPage, ModulePage, LessonPage, Fact, RedliningMap, PageViewRestriction, Site
    )  # fmt: skip
    post_page_move.connect(content.raise_version, dispatch_uid="curriculum.moved")
    page_published.connect(after_publish, sender=LessonPage, dispatch_uid="curriculum.edition")
