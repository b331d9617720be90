"""Verbs of the curriculum: mark a lesson done, take that back."""

from django.db import transaction

from accounts.models import User
from core.access import require
from curriculum.models import LessonDone, LessonPage
from curriculum.permissions import can_mark_lesson


@transaction.atomic
def mark_done(*, lesson: LessonPage, by: User) -> LessonDone:
    """Mark the lesson done. Twice counts once: the first date stays."""
    require(can_mark_lesson(by, lesson))
    done, _new = LessonDone.objects.get_or_create(member=by, lesson_key=lesson.translation_key)
    return done


@transaction.atomic
def undo_done(*, lesson: LessonPage, by: User) -> None:
    """Take "done" back; nothing happens when the lesson was not done."""
    require(can_mark_lesson(by, lesson))
    LessonDone.objects.filter(member=by, lesson_key=lesson.translation_key).delete()
