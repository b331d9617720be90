"""What must be true before a lesson is published, whoever publishes it: the editor's form, the loader or the clock.

And what follows from it: an edition, the list of facts it cites. Drafts save whatever they hold.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from curriculum.models.editions import Citation, Edition
from curriculum.references import CITED, cited_keys, references_of

log = logging.getLogger("lodestar.curriculum")


def problems_of(lesson: Any) -> list[str]:
    """Why this lesson cannot be published, one sentence each that names the place; empty when it can."""
    references = references_of(lesson.body)
    found = [*_problems_of_blocks(lesson.body)]
    found += [
        _("The text cites %(key)s, which is neither a fact nor among the lesson’s own sources.") % {"key": key}
        for key in references.unknown
    ]  # fmt: skip
    if not references.lines:
        found.append(_("Body: the lesson has no source. Cite a fact, like [@RL04], or list one."))
    return found


def refuse_unready(lesson: Any) -> None:
    """Raise ValidationError at the field `body` when the lesson cannot be published."""
    problems = problems_of(lesson)
    if problems:
        raise ValidationError({"body": problems})


def _problems_of_blocks(body: Any) -> Iterator[str]:
    for place, block in enumerate(body, start=1):
        value = block.value
        where = {"place": place, "kind": block.block.label}
        if block.block_type == "heading" and not str(value or "").strip():
            yield _("Body, part %(place)s (%(kind)s): the heading is empty.") % where
        elif block.block_type == "figure":
            image = value.get("image")
            if image is None:
                yield _("Body, part %(place)s (%(kind)s): the picture is missing.") % where
            elif not image.decorative and not (image.contextual_alt_text or "").strip():
                yield _("Body, part %(place)s (%(kind)s): the alternative text is missing.") % where
        elif block.block_type == "quotation" and not value.get("source"):
            yield _("Body, part %(place)s (%(kind)s): the quotation has no source.") % where
        elif block.block_type in {"fact", "map"} and not value.get(block.block_type):
            yield _("Body, part %(place)s (%(kind)s): what it should show is gone.") % where


def texts_of(lesson: Any) -> list[tuple[str, str]]:
    """The id and plain text of each block in the order of the page; sources are no part of it."""
    facts = references_of(lesson.body).facts
    return [
        (str(block.id or place), text)
        for place, block in enumerate(lesson.body)
        if (text := _plain(block, facts))
    ]


def _plain(block: Any, facts: dict[str, Any]) -> str:
    value = block.value
    if block.block_type == "fact":
        return str(value["fact"].statement) if value.get("fact") else ""
    if block.block_type in {"sources", "map"}:
        return ""
    if block.block_type == "rich_text":
        return _squeezed(strip_tags(str(value)))
    if isinstance(value, str):
        return _squeezed(CITED.sub(lambda one: facts[one[2]].statement if one[1] == "=" and one[2] in facts else "", value))  # fmt: skip
    names = ("text", "attribution", "short_path", "caption")
    return _squeezed(" ".join(str(value[name]) for name in names if value.get(name)))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*\[@\w+\]", "", text)).replace(" .", ".").strip()


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
