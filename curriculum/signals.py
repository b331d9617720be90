"""Wagtail says that a page was published, whoever did it; an edition is written from that."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, post_page_move

from core import content
from curriculum.models import (
    Edition,
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


def after_correction(instance: Fact, created: bool, raw: bool = False, **_signal: Any) -> None:
    """Write editions of the lessons that read differently now, whoever corrected the fact: an editor or the loader."""
    from curriculum.publishing import write_editions_citing

    if not created and not raw:
        write_editions_citing(instance)


def before_removal(instance: Fact, **_signal: Any) -> None:
    """Keep a fact that a lesson cites, one by one and in bulk. Raises ProtectedError."""
    used = set(instance.used_in())
    if used:
        raise ProtectedError(f"{instance.key} is cited in: {instance.titles_citing()}.", used)


def connect() -> None:
    """Connect the receivers, once."""
    content.watch(
        SiteRootPage, LearnIndexPage, ModulePage, LessonPage, Edition, Fact, RedliningMap, PageViewRestriction, Site,
        get_document_model(),
    )  # fmt: skip
    post_page_move.connect(content.raise_version, dispatch_uid="curriculum.moved")
    post_save.connect(after_correction, sender=Fact, dispatch_uid="curriculum.corrected")
    pre_delete.connect(before_removal, sender=Fact, dispatch_uid="curriculum.cited")
    page_published.connect(after_publish, sender=LessonPage, dispatch_uid="curriculum.edition")
