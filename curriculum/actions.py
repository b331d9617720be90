"""Verbs of the curriculum: mark a lesson done, take that back."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.access import require
from curriculum.models import Edition, LessonDone, LessonPage
from curriculum.permissions import can_mark_lesson, lessons_visible_to


@transaction.atomic
def mark_done(*, lesson: LessonPage, by: User, edition: int | None = None) -> LessonDone:
    """Mark the lesson done at the edition that was read; without one, at its present edition.

    Twice counts once: the first date stays. A page that was opened before the last publish says so by its number, so
    that its reader is still shown what changed since.
    """
    require(can_mark_lesson(by, lesson))
    key = lesson.translation_key
    number = _edition_read(_last_editions([key]).get(key, 1), edition)
    done, new = LessonDone.objects.get_or_create(
        member=by, lesson_key=key, defaults={"edition": number}
    )
    if not new and done.edition < number:
        done.edition = number
        done.save(update_fields=["edition"])
    return done


@transaction.atomic
def keep_marks(*, read: Mapping[UUID, int | None], by: User) -> int:
    """Take marks of a browser (lesson and edition read) into the account; returns how many were new. Four queries.

    Lessons that the member may not open, and those marked already, are passed over.
    """
    keys = list(
        lessons_visible_to(by)
        .filter(translation_key__in=read)
        .values_list("translation_key", flat=True)
    )
    known = set(
        LessonDone.objects.filter(member=by, lesson_key__in=keys).values_list(
            "lesson_key", flat=True
        )
    )
    last = _last_editions(keys)
    new = [
        LessonDone(member=by, lesson_key=key, edition=_edition_read(last.get(key, 1), read[key]))
        for key in keys
        if key not in known
    ]
    return len(LessonDone.objects.bulk_create(new, ignore_conflicts=True))


def _edition_read(last: int, named: int | None) -> int:
    return min(last, named) if named else last


def _last_editions(keys: list[UUID]) -> dict[UUID, int]:
    rows = Edition.objects.filter(lesson_key__in=keys).order_by().values_list("lesson_key")
    return dict(rows.annotate(last=Max("number")))


@transaction.atomic
def undo_done(*, lesson: LessonPage, by: User) -> None:
    """Take "done" back; nothing happens when the lesson was not done."""
    require(can_mark_lesson(by, lesson))
    LessonDone.objects.filter(member=by, lesson_key=lesson.translation_key).delete()
