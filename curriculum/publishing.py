"""What follows from publishing: an edition with the words of each block, and the list of facts that a lesson cites.

What must be true before it is in `readiness`; what the clock does in `schedule`.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import translation
from wagtail.models import Page
from wagtail.search import index

from curriculum.findings import write_findings
from curriculum.glossary.linking.marking import mark_stale
from curriculum.models import Citation, Edition, LessonPage
from curriculum.readiness import missing_terms, problems_of, refuse_unready
from curriculum.references import cited_keys, references_of

__all__ = [
    "missing_terms",
    "problems_of",
    "refuse_unready",
    "texts_of",
    "write_edition",
    "write_editions_citing",
]

#: Kinds of blocks whose words are not for readers: no edition holds them, so that neither the search nor the account of
#: what changed can say them.
NOT_FOR_READERS = frozenset({"facilitator"})


def texts_of(lesson: Any) -> list[tuple[str, str]]:
    """The id and plain words of each block in the order of the page; sources are no part of it.

    Our own words among them (“medium confidence”) are in the lesson's language, whoever publishes it.
    """
    facts = references_of(lesson.body).facts
    with translation.override(lesson.locale.language_code):
        return [
            (str(part.id or place), text)
            for place, part in enumerate(lesson.body)
            if part.block_type not in NOT_FOR_READERS
            and (text := part.block.plain(part.value, facts))
        ]


@transaction.atomic
def write_edition(lesson: Any) -> Edition:
    """Write the next edition of a lesson that was just published, and what it cites, claims and leads to now."""
    _hold(lesson)
    edition = _next_edition(lesson, texts_of(lesson))
    Citation.objects.filter(lesson_id=lesson.pk).delete()
    Citation.objects.bulk_create(
        Citation(lesson_id=lesson.pk, fact_key=fact) for fact in cited_keys(lesson.body)
    )
    write_findings(lesson)
    return edition


@transaction.atomic
def write_editions_citing(fact: Any) -> list[Edition]:
    """Write an edition of each published lesson that reads differently now that this fact was corrected.

    A lesson that only names the fact as a source (`[@KEY]`) says the same as before and gets none.
    """
    written = []
    for lesson in LessonPage.objects.live().filter(citations__fact_key=fact.key).order_by("pk"):
        _hold(lesson)
        last = editions_of(lesson).last()
        texts = texts_of(lesson)
        if last is not None and [tuple(pair) for pair in last.texts] != texts:
            written.append(_next_edition(lesson, texts))
    return written


def editions_of(lesson: Any) -> QuerySet[Edition]:
    """The editions of a lesson in its language, the first one first."""
    mine = Edition.objects.filter(
        lesson_key=lesson.translation_key, language=lesson.locale.language_code
    )
    return mine.order_by("number")


def _hold(lesson: Any) -> None:
    """Hold the lesson in all its languages until this is done: two who publish at once get two numbers, and both are read."""
    pages = Page.objects.select_for_update().filter(translation_key=lesson.translation_key)
    list(pages.order_by("pk").values_list("pk"))


def _next_edition(lesson: Any, texts: list[tuple[str, str]]) -> Edition:
    key = lesson.translation_key
    last = Edition.objects.filter(lesson_key=key).aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        lesson_key=key, language=lesson.locale.language_code, number=last + 1, texts=texts
    )
    index.insert_or_update_object(lesson)
    mark_stale([lesson.pk])
    return edition
