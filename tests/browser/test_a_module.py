"""The main job from its first page to its end, and the editor who sees the page while writing it."""

import pytest

from curriculum.models import LessonPage

pytestmark = pytest.mark.browser


def test_rui_sees_the_lesson_beside_the_form_while_writing(browser_page):
    page = browser_page("rui", width=1600)
    lesson = LessonPage.objects.get(slug="grading-a-city")
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()

    shown = page.frame_locator("iframe[title='Preview']").last  # a new one loads beside the old

    shown.get_by_role("heading", level=1, name="Grading a city").wait_for()
    page.get_by_role("textbox", name="Title").first.fill("Grading a whole city")
    shown.get_by_role("heading", level=1, name="Grading a whole city").wait_for()
