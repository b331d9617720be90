"""Wagtail says that a page was published, whoever did it; an edition is written from that."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from curriculum.models import LessonPage


def after_publish(instance: LessonPage, **_signal: Any) -> None:
    """Write the edition of a lesson that was just published."""
    from curriculum.publishing import write_edition

    write_edition(instance)


def connect() -> None:
    """Connect the receiver, once."""
    page_published.connect(after_publish, sender=LessonPage, dispatch_uid="curriculum.edition")
