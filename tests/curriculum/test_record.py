"""A plain record of completed lessons: for the member alone, with the name they choose, and with no grade."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from curriculum.models import LessonDone, LessonPage, Printout
from tests.curriculum.papers import RECORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(cast):
    """Dev has finished a lesson of the second module and, late in the evening of his clock, two of the third."""
    cast["dev"].time_zone = "America/Chicago"
    cast["dev"].save()
    for slug, at in (
        ("grading-a-city", datetime(2026, 11, 20, 3, 30, tzinfo=UTC)),
        ("underwriting-by-race", datetime(2026, 11, 21, 18, 0, tzinfo=UTC)),
    ):
        lesson = LessonPage.objects.get(slug=slug)
        LessonDone.objects.create(member=cast["dev"], lesson_key=lesson.translation_key, done_at=at)
    return cast["dev"]


def paper(client, form=None):
    """The sheet that is printed."""
    page = client.post(RECORD, form) if form else client.get(RECORD)
    assert page.status_code == 200
    return page.text.partition('<article class="paper-sheet record')[2].partition("</article>")[0]


def module_of(client, title):
    """The number by which the form names a module."""
    return next(key for key, name in client.get(RECORD).context["form"]["modules"].field.choices if name == title)  # fmt: skip


def test_it_lists_lessons_with_their_days_on_the_members_clock_and_their_hours(as_, read):
    sheet = paper(as_("dev"))

    rows = re.findall(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>\s*<td class="n">(\d+)</td>', sheet)  # fmt: skip
    assert rows == [
        ("Four levels of racism", "Nov. 12, 2026", "8"),
        ("Grading a city", "Nov. 19, 2026", "7"),
        ("Underwriting by race", "Nov. 21, 2026", "7"),
    ]
    assert "3 lessons, 0.4 hours of reading (22 minutes)" in " ".join(sheet.split())
    assert "Riverton Healthy Starts" in sheet
    assert read.chosen_name in sheet
    assert "Issued on" in sheet


def test_it_says_whose_statement_it_is_and_holds_no_grade(as_, read):
    sheet = paper(as_("dev"))

    assert "the member’s own statement" in sheet
    assert "Nobody measured how long the member read" in sheet
    assert "there is no grade and no rank" in sheet
    assert "%" not in sheet
    assert "best" not in sheet


def test_a_module_has_a_day_when_all_its_lessons_are_done(as_, read):
    assert "all lessons completed" not in paper(as_("dev"))
    for slug in ("words-that-travel-badly", "agreeing-our-meanings"):
        LessonDone.objects.create(
            member=read,
            lesson_key=LessonPage.objects.get(slug=slug).translation_key,
            done_at=datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
        )

    assert "Shared language · all lessons completed on Nov. 23, 2026" in paper(as_("dev"))


def test_name_and_modules_are_chosen_and_kept_nowhere(as_, read):
    dev = as_("dev")
    form = {"name": "  Devon  A. <b>Otieno</b> ", "modules": [module_of(dev, "Shared language")]}

    sheet = paper(dev, form)

    assert "Devon A. &lt;b&gt;Otieno&lt;/b&gt;" in sheet
    assert "Four levels of racism" in sheet
    assert "Grading a city" not in sheet
    read.refresh_from_db()
    assert "Devon" not in read.chosen_name
    assert "Devon" not in dev.get(RECORD).text
    assert Printout.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "Dev", "modules": []}, "Choose at least one module."),
        ({"name": " ", "modules": ["all"]}, "This field is required."),
        ({"name": "D" * 121, "modules": ["all"]}, "at most 120 characters"),
        ({"name": "Dev", "modules": ["999999"]}, "is not one of the available choices"),
        ({"name": "Dev", "modules": ["x' OR 1=1"]}, "is not one of the available choices"),
        ({"name": "Dev\x00", "modules": ["all"]}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_and_keeps_what_was_typed(as_, read, form, sentence):
    dev = as_("dev")
    known = module_of(dev, "Shared language")
    typed = {**form, "modules": [known if key == "all" else key for key in form["modules"]]}

    page = dev.post(RECORD, typed)

    assert page.status_code == 200
    assert sentence in page.text
    assert read.chosen_name in page.text.partition("paper-sheet record")[2]


def test_who_has_finished_nothing_is_told_so(as_):
    page = as_("fay").get(RECORD)

    assert page.status_code == 200
    assert "You have marked no lesson as finished yet." in page.text
    assert "<table" not in page.text


def test_a_lesson_that_is_gone_is_counted_and_not_named(as_, read):
    LessonPage.objects.get(slug="grading-a-city").unpublish()

    page = as_("dev").get(RECORD)

    assert "1 lesson that you finished is not published any more" in " ".join(page.text.split())
    assert "Grading a city" not in page.text


def test_nobody_else_sees_it_and_nothing_stores_it(as_, nobody, read):
    """C-row of the threats: progress is one's own, for facilitators, backbone and operator, too."""
    for name in ("mo", "ana", "gus", "hana"):
        page = as_(name).get(RECORD)
        assert "Four levels of racism" not in page.text, name
        assert page.headers["Cache-Control"] == "private, no-store"
    assert nobody.get(RECORD).status_code == 302
    assert as_("dev").get(f"{RECORD}?member={read.pk}").headers["Cache-Control"] == (
        "private, no-store"
    )


def test_the_index_leads_there_for_members_alone(as_, nobody, cast):
    assert reverse("learn:record_show") == RECORD
    assert f'href="{RECORD}"' in as_("dev").get("/learn/").text
    assert RECORD not in nobody.get("/learn/").text


def test_it_costs_the_same_for_one_lesson_and_for_four(as_, cast, django_assert_num_queries):
    dev = as_("dev")
    dev.get(RECORD)
    with django_assert_num_queries(6):
        dev.get(RECORD)
    for slug in ("grading-a-city", "underwriting-by-race", "taken-twice"):
        LessonDone.objects.create(
            member=cast["dev"], lesson_key=LessonPage.objects.get(slug=slug).translation_key
        )
    with django_assert_num_queries(6):
        assert paper(dev).count('<th scope="row">') == 4
