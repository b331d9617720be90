"""What the people of the demonstration have read, and when a cohort reads what."""

from __future__ import annotations

from datetime import UTC, date, datetime

from accounts.models import User
from backbone.insights.actions import show_by_name
from cohorts.models import Cohort, Membership
from curriculum.models import LessonDone, LessonPage, ModulePage, Opening

#: Cohort, module, day.
OPENINGS = (
    ("spring", "shared-language", date(2026, 9, 28)),
    ("spring", "how-redlining-worked", date(2026, 11, 16)),
)
#: Dev is half way through the second module.
DONE = (("dev", "four-levels-of-racism", datetime(2026, 11, 12, 19, 40, tzinfo=UTC)),)
#: Who has finished a whole module, and lets the facilitator of their cohort see it.
NAMED = (("rosa", "spring", "shared-language", datetime(2026, 10, 22, 2, 15, tzinfo=UTC)),)


def write_learning(members: dict[str, User]) -> None:
    """Write openings and progress for the modules that are loaded."""
    for cohort, module, day in OPENINGS:
        page = ModulePage.objects.filter(slug=module).first()
        if page is not None:
            Opening.objects.create(
                cohort=Cohort.objects.get(slug=cohort), module=page, opens_on=day
            )
    for name, slug, at in DONE:
        lesson = LessonPage.objects.filter(slug=slug).first()
        if lesson is not None:
            LessonDone.objects.create(
                member=members[name], lesson_key=lesson.translation_key, done_at=at
            )
    for name, cohort, module, at in NAMED:
        page = ModulePage.objects.filter(slug=module).first()
        lessons = LessonPage.objects.child_of(page).live() if page else ()
        LessonDone.objects.bulk_create(
            LessonDone(member=members[name], lesson_key=lesson.translation_key, done_at=at)
            for lesson in lessons
        )
        place = Membership.objects.get(cohort__slug=cohort, member=members[name])
        show_by_name(membership=place, by=members[name])
