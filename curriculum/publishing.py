"""What must be true before a lesson is published, whoever publishes it: the editor's form, the loader or the clock.

And what follows from it: an edition, the list of facts it cites. Drafts save whatever they hold.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from curriculum.glossary.models import Term
from curriculum.models.editions import Citation, Edition
from curriculum.references import cited_keys, linked_terms, references_of

log = logging.getLogger("lodestar.curriculum")


def problems_of(lesson: Any) -> list[str]:
    """Why this lesson cannot be published, one sentence each that names the place; empty when it can."""
    references = references_of(lesson.body)
    found = [*_problems_of_parts(lesson.body)]
    found += [
        _("The text cites %(key)s, which is neither a fact nor among the lesson’s own sources.") % {"key": key}
        for key in references.unknown
    ]  # fmt: skip
    found += [
        _("The text leads to the term “%(term)s”, which is not in the glossary.") % {"term": slug}
        for slug in missing_terms(linked_terms(lesson.body))
    ]
    if not references.lines:
        found.append(_("Body: the lesson has no source. Cite a fact, like [@RL04], or list one."))
    return found


def missing_terms(slugs: list[str]) -> list[str]:
    """Those of the addresses that no term of the glossary has."""
    known = set(Term.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else ()
    return [slug for slug in slugs if slug not in known]


def refuse_unready(lesson: Any) -> None:
    """Raise ValidationError at the field `body` when the lesson cannot be published."""
    problems = problems_of(lesson)
    if problems:
        raise ValidationError({"body": problems})


def _problems_of_parts(body: Any) -> Iterator[str]:
    for place, part in enumerate(body, start=1):
        for problem in part.block.problems(part.value):
            yield _("Body, part %(place)s (%(kind)s): %(problem)s") % {
                "place": place, "kind": part.block.label, "problem": problem,
            }  # fmt: skip


def texts_of(lesson: Any) -> list[tuple[str, str]]:
    """The id and plain text of each block in the order of the page; sources are no part of it."""
    facts = references_of(lesson.body).facts
    return [
        (str(part.id or place), text)
        for place, part in enumerate(lesson.body)
        if (text := part.block.plain(part.value, facts))
    ]


@transaction.atomic
def write_edition(lesson: Any) -> Edition:
    """Write the next edition of a lesson that was just published, and what it cites now."""
    key = lesson.translation_key
    last = Edition.objects.filter(lesson_key=key).aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(lesson_key=key, number=last + 1, texts=texts_of(lesson))
    Citation.objects.filter(lesson_id=lesson.pk).delete()
    Citation.objects.bulk_create(
        Citation(lesson_id=lesson.pk, fact_key=fact) for fact in cited_keys(lesson.body)
    )
    return edition


def publish_due(*, now: datetime) -> int:
    """Publish what an editor scheduled and is due, and take back what has expired; returns how many were published.

    A lesson that cannot be published stays a draft; the others go on.
    """
    for page in Page.objects.live().filter(expire_at__lt=now).specific():
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    published = 0
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("pk"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
            published += 1
        except ValidationError:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            log.warning(
                "A scheduled page stays a draft, revision %s: it is not ready.", revision.pk
            )
    return published
