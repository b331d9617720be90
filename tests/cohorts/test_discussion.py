"""A cohort talks about a prompt of a lesson: opened from the lesson, replied to by name, nothing counted or ranked."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cohorts.models import Cohort, Prompt
from curriculum.models import LessonPage
from tests.cohorts.talking import LESSON, OPEN, asked_in, talk
from tests.curriculum.editing import publish, with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def signed_on(client, cohort="larch"):
    """The signed question beside the button of this cohort on the lesson's page."""
    page = client.get(LESSON).text
    form = page[page.index(f'action="/cohorts/{cohort}/talk/"') :]
    return unescape(re.search(r'name="question" value="([^"]+)"', form)[1])


def test_the_lesson_offers_each_of_ones_cohorts_and_leads_to_what_is_open(as_, nobody, house):
    page = as_("dev").get(LESSON).text

    assert "Talk about it in Larch" in page
    assert "Read along in Spring" in page
    assert "Talk about it" not in as_("fay").get(LESSON).text
    assert "Talk about it" not in nobody.get(LESSON).text
    assert "csrfmiddlewaretoken" not in nobody.get(LESSON).text


def test_pressing_the_button_opens_the_talk_with_the_lessons_own_words(as_, house):
    client = as_("dev")

    answer = client.post(OPEN, {"question": signed_on(client), "once": uuid4()})

    opened = Prompt.objects.get(cohort=house.larch)
    assert answer["Location"] == talk(opened)
    assert opened.words.startswith("Bring one form that your organization fills in")
    assert (opened.title, opened.address) == ("Grading a city", LESSON)
    assert "Read along in Larch" in client.get(LESSON).text
    assert "Bring one form" in client.get("/cohorts/larch/").text


def test_whoever_presses_second_is_led_to_the_same_talk(as_, house):
    dev, elu = as_("dev"), as_("elu")
    lines = {client: signed_on(client) for client in (dev, elu)}

    answers = [client.post(OPEN, {"question": lines[client]}) for client in (dev, elu)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Prompt.objects.filter(cohort=house.larch).count() == 1


@pytest.mark.parametrize("line", ["", "x", "a:b:c", "\x00", "é" * 500])
def test_words_of_ones_own_open_nothing(as_, house, line):
    answer = as_("dev").post(OPEN, {"question": line}, follow=True)

    assert "could not be opened" in answer.text
    assert Prompt.objects.filter(cohort=house.larch).count() == 0


def test_a_line_that_was_signed_for_somebody_else_opens_nothing(as_, house):
    line = signed_on(as_("dev"))

    as_("elu").post(OPEN, {"question": line})

    assert Prompt.objects.filter(cohort=house.larch).count() == 0


def test_a_lesson_that_was_taken_back_meanwhile_opens_nothing(as_, house):
    client = as_("dev")
    line = signed_on(client)
    LessonPage.objects.get(slug="grading-a-city").unpublish()

    client.post(OPEN, {"question": line})

    assert Prompt.objects.filter(cohort=house.larch).count() == 0


def test_a_cohort_that_one_is_not_in_is_the_404(as_, house):
    """A3."""
    line = signed_on(as_("ben"), "autumn") if "autumn" in as_("ben").get(LESSON).text else "x"

    assert as_("ben").post(OPEN, {"question": line}).status_code == 404


def test_prompts_cost_the_lesson_one_query_however_many_they_are(as_, house):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    client = as_("dev")

    def queries():
        client.get(LESSON)
        with CaptureQueriesContext(connection) as captured:
            client.get(LESSON)
        return [query["sql"] for query in captured.captured_queries]

    one = queries()
    more = {"type": "discussion", "value": {"text": "And you?", "place": "cohort"}}
    publish(with_blocks(lesson, more, more, more))

    assert len(queries()) == len(one) <= 12
    assert sum("cohorts_prompt" in sql for sql in one) == 1


def test_the_cohorts_page_lists_questions_newest_first_with_their_lesson(as_, house):
    for number in range(21):
        asked_in(house.larch, house.dev, f"Why {number:02}?")

    first = as_("elu").get("/cohorts/larch/").text
    second = as_("elu").get("/cohorts/larch/", {"talk": "2"}).text

    assert first.index("Why 20?") < first.index("Why 19?")
    assert "from “Grading”" in first
    assert "Why 00?" not in first
    assert "Why 00?" in second


def test_the_demonstration_has_one_talk_in_spring(as_, cast):
    spring = Cohort.objects.get(slug="spring")

    page = as_("dev").get(f"/cohorts/spring/talk/{spring.prompts.get().pk}/").text

    assert [page.index(cast[name].get_full_name()) for name in ("ben", "chioma", "elu")] == sorted(
        page.index(cast[name].get_full_name()) for name in ("ben", "chioma", "elu")
    )


def test_a_lesson_for_members_is_opened_by_members(as_, house):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    client = as_("dev")

    client.post(OPEN, {"question": signed_on(client)})

    assert Prompt.objects.filter(cohort=house.larch).count() == 1
