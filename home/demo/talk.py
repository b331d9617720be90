"""What the cohort of the demonstration talks about: one question of a lesson, with three replies."""

from __future__ import annotations

from datetime import UTC, datetime

from accounts.models import User
from cohorts.actions.writing import cleaned
from cohorts.models import Cohort, Prompt, Reply
from curriculum.models import LessonPage

LESSON = "grading-a-city"
OPENED = datetime(2026, 11, 17, 20, 5, tzinfo=UTC)
REPLIES = (
    (
        "ben",
        datetime(2026, 11, 17, 20, 12, tzinfo=UTC),
        "Our intake form asks for a *permanent address*. Whoever sleeps on a cousin’s sofa leaves it empty, and an empty "
        "field sends the file to the bottom of the pile. The pencil is ours; nobody who moves often was asked.",
    ),
    (
        "chioma",
        datetime(2026, 11, 18, 1, 30, tzinfo=UTC),
        "We score visits as kept or missed. A bus that does not come counts as *missed*, exactly like not caring.\n\n"
        "- Who writes it down: the front desk\n- Who is missing: the person at the bus stop",
    ),
    (
        "elu",
        datetime(2026, 11, 19, 13, 45, tzinfo=UTC),
        "I brought the form for housing repairs. It has a box for how clean the home is, and none for how long the "
        "landlord has known about the mold. I would like to hear how others changed a form that is not theirs alone.",
    ),
)


def write_talk(members: dict[str, User]) -> None:
    """Write the talk of *spring*, when its lesson is loaded. It is of another day: nobody is told of it now."""
    lesson = LessonPage.objects.filter(slug=LESSON).first()
    parts = [part for part in lesson.body if part.block_type == "discussion"] if lesson else []
    if lesson is None or not parts:
        return
    prompt = Prompt.objects.create(
        cohort=Cohort.objects.get(slug="spring"),
        lesson_key=lesson.translation_key,
        block=parts[0].id,
        words=parts[0].block.plain(parts[0].value, {}),
        title=lesson.title,
        address=f"/learn/{lesson.get_parent().slug}/{lesson.slug}/",
        opened_by=members["ben"],
        opened_at=OPENED,
    )
    Reply.objects.bulk_create(
        Reply(prompt=prompt, author=members[name], posted_at=at, **cleaned(text))
        for name, at, text in REPLIES
    )
