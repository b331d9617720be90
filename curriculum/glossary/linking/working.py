"""The worker's part: it goes through lessons a few at a time and writes where each uses which term.

A lesson is read without holding anything; what was found is written in small transactions. Who is killed half-way goes on
with the lessons that are still marked.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from core.content import raise_version
from curriculum.glossary.linking.finding import Part, Use, first_mentions, linked_in
from curriculum.glossary.linking.marking import mark_stale, take_changed_words
from curriculum.glossary.linking.matching import leads_in
from curriculum.glossary.models import LessonLinks, LessonTerm, NotLinked, Term
from curriculum.models import LessonPage
from curriculum.showing import parts_shown

log = logging.getLogger("lodestar.glossary")

SECONDS_A_ROUND = 1.5
LESSONS_AT_ONCE = 10  # written in one transaction


@dataclass(frozen=True)
class Read:
    """A lesson that was gone through, how often that was asked for until then, and the terms that it uses."""

    lesson_id: int
    asked: int
    uses: dict[UUID, Use] | None


def relink(*, now: datetime | None = None, seconds: float = SECONDS_A_ROUND) -> int:
    """Go through lessons that are marked, for about so long; returns how many. Two queries when there is nothing to do."""
    until = time.monotonic() + seconds
    while take_changed_words():
        if time.monotonic() > until:
            break
    done = 0
    while time.monotonic() < until:
        read = [_read(row) for row in _waiting()]
        if not read:
            break
        _write(read, now or timezone.now())
        done += len(read)
    return done


def relink_all() -> int:
    """Go through every lesson that waits, however long it takes; returns how many. For set-up and tests."""
    known = LessonLinks.objects.values("lesson")
    mark_stale(LessonPage.objects.live().exclude(pk__in=known).values_list("pk", flat=True))
    return relink(seconds=3_600)


def _waiting() -> list[LessonLinks]:
    rows = LessonLinks.objects.filter(stale=True, lesson__live=True).order_by("pk")
    return list(rows.select_related("lesson__locale")[:LESSONS_AT_ONCE])


def _read(row: LessonLinks) -> Read:
    """What a lesson uses. One that cannot be shown keeps what was found before, and is not in the way of the others."""
    try:
        return Read(row.lesson_id, row.asked, uses_in(row.lesson))
    except DatabaseError:
        raise
    except Exception:
        log.exception("The terms of lesson %s cannot be looked for.", row.lesson_id)
        return Read(row.lesson_id, row.asked, None)


def uses_in(lesson: Any) -> dict[UUID, Use]:
    """The terms that a published lesson uses."""
    parts = [Part(*part) for part in parts_shown(lesson)]
    slugs = linked_in(parts)
    chosen = Term.objects.filter(slug__in=slugs).values_list("pk", flat=True) if slugs else ()
    off = NotLinked.objects.filter(page=lesson.pk).values_list("term", flat=True)
    made = dict.fromkeys(chosen, Use())
    leads = leads_in(lesson.locale.language_code)
    return made | first_mentions(parts, leads, {*made, *off})


@transaction.atomic
def _write(read: list[Read], now: datetime) -> None:
    """Write what was found where it differs; a lesson that was asked for again meanwhile stays marked."""
    changed = False
    for one in read:
        mine = LessonLinks.objects.filter(lesson=one.lesson_id, asked=one.asked)
        if mine.update(stale=False, linked_at=now) and one.uses is not None:
            changed |= _replace(one.lesson_id, one.uses)
    if changed:
        raise_version()


def _replace(lesson_id: int, uses: dict[UUID, Use]) -> bool:
    rows = LessonTerm.objects.filter(lesson=lesson_id)
    before = {row.term_id: (row.pk, Use(row.block, row.found, row.nth)) for row in rows}
    gone = [pk for term, (pk, use) in before.items() if uses.get(term) != use]
    new = [
        LessonTerm(lesson_id=lesson_id, term_id=term, **use._asdict())
        for term, use in uses.items()
        if term not in before or before[term][1] != use
    ]
    if gone:
        rows.filter(pk__in=gone).delete()
    LessonTerm.objects.bulk_create(new)
    return bool(gone or new)
