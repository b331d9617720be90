"""Verbs of the curriculum: mark a lesson done, take that back."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.access import require
from curriculum.models import Edition, LessonDone, LessonPage
from curriculum.permissions import can_mark_lesson


@transaction.atomic
def mark_done(*, lesson: LessonPage, by: User) -> LessonDone:
    """Mark the lesson done at its present edition. Twice counts once: the first date stays."""
    require(can_mark_lesson(by, lesson))
    key = lesson.translation_key
    number = Edition.objects.filter(lesson_key=key).aggregate(last=Max("number"))["last"] or 1
    done, new = LessonDone.objects.get_or_create(
        member=by, lesson_key=key, defaults={"edition": number}
    )
    if not new and done.edition != number:
        done.edition = number
        done.save(update_fields=["edition"])
    return done


@transaction.atomic
def undo_done(*, lesson: LessonPage, by: User) -> None:
    """Take "done" back; nothing happens when the lesson was not done."""
    require(can_mark_lesson(by, lesson))
    LessonDone.objects.filter(member=by, lesson_key=lesson.translation_key).delete()
