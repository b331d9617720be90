"""`check_curriculum`: the starter lessons are clean, and what is wrong in a lesson is said with its place."""

from contextlib import suppress

import pytest
from django.core.management import call_command

from curriculum.management.commands.load_curriculum import STARTER
from curriculum.models import LessonPage
from tests.curriculum.editing import short_lesson, with_blocks

SHORT = "/learn/how-redlining-worked/grading-a-city/"


def checked(capsys, **options):
    """What the command prints, and how it ends."""
    code = 0
    try:
        call_command("check_curriculum", **options)
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.once
@pytest.mark.django_db
def test_the_whole_starter_loads_and_is_clean(capsys):
    with suppress(SystemExit):  # nothing to do where it holds no more than the stories
        call_command("load_curriculum", verbosity=0)

    code, lines = checked(capsys)

    assert [line for line in lines if ": " in line] == []
    assert code == 0
    assert len(lines) == 1 + len(list(STARTER.glob("*/[0-9]*.md")))


@pytest.mark.django_db
def test_what_is_to_mend_is_named_with_its_place(capsys):
    text = "In 1938 they counted 400 houses. Read [more](term:no-such-word)."
    lesson = with_blocks(short_lesson(), {"type": "markdown", "value": text})
    LessonPage.objects.filter(pk=lesson.pk).update(body=lesson.body.get_prep_value())

    code, lines = checked(capsys, verbosity=0)

    assert code == 1
    assert all(SHORT in line for line in lines)
    assert "no fact stands behind “In 1938 they counted 400 houses.”" in lines[1]
    assert "Body: 11 words in all; a lesson has at least 600." in lines[-1]
    assert len(lines) == 3


@pytest.mark.django_db
def test_without_lessons_there_is_nothing_to_read(capsys):
    LessonPage.objects.update(live=False)

    assert checked(capsys) == (2, ["No lesson is published."])
