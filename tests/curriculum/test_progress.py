"""Dev reads a lesson, marks it done, takes it back; twice counts once, and nobody else can see it."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from curriculum.actions import mark_done
from curriculum.models import LessonDone, LessonPage
from curriculum.outline import current_module, outline_for

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def lesson(cast) -> LessonPage:
    """The first lesson of the fourth module. Dev begins with nothing done."""
    LessonDone.objects.filter(member=cast["dev"]).delete()
    return LessonPage.objects.get(slug="grading-a-city")


def next_title(member):
    return current_module(outline_for(member), member).next_lesson.title


def press(client, lesson, action="done", once=None):
    form = {"action": action, "once": str(once or uuid4())}
    return client.post(f"/progress/{lesson.translation_key}/", form)


def test_marking_a_lesson_leads_back_to_it_and_shows_it_done(as_, lesson):
    dev = as_("dev")

    answer = press(dev, lesson)
    page = dev.get(answer["Location"])

    assert answer.status_code == 302
    assert answer["Location"] == "/learn/how-redlining-worked/grading-a-city/#done"
    assert "You have finished this lesson" in page.text


def test_the_next_lesson_waits_on_today(as_, cast, lesson):
    dev = as_("dev")
    press(dev, lesson)

    page = dev.get("/today/")

    assert "Underwriting by race" in page.text
    assert next_title(cast["dev"]) == "Underwriting by race"


def test_twice_counts_once(as_, cast, lesson):
    dev, key = as_("dev"), uuid4()

    press(dev, lesson, once=key)
    press(dev, lesson, once=key)
    press(dev, lesson)

    assert LessonDone.objects.filter(member=cast["dev"]).count() == 1


def test_a_second_press_keeps_the_first_date(cast, lesson):
    first = mark_done(lesson=lesson, by=cast["dev"])

    second = mark_done(lesson=lesson, by=cast["dev"])

    assert second.done_at == first.done_at


def test_done_can_be_taken_back(as_, cast, lesson):
    dev = as_("dev")
    press(dev, lesson)

    page = dev.get(press(dev, lesson, "undo")["Location"])

    assert "Finished reading?" in page.text
    assert not LessonDone.objects.filter(member=cast["dev"]).exists()


def test_a_page_opened_before_the_last_publish_marks_the_edition_that_was_read(as_, cast, lesson):
    dev, address = as_("dev"), "/learn/how-redlining-worked/grading-a-city/"
    assert '<input type="hidden" name="edition" value="1">' in dev.get(address).text
    lesson.lede = "Another beginning."
    lesson.save_revision().publish()

    dev.post(f"/progress/{lesson.translation_key}/", {"action": "done", "edition": "1"})

    assert LessonDone.objects.get(member=cast["dev"]).edition == 1
    assert '<input type="hidden" name="edition" value="2">' in dev.get(address).text


@pytest.mark.parametrize("edition", ["", "0", "-3", "99", "x", "1" * 40, "\u0661"])
def test_an_edition_that_is_none_is_the_present_one(as_, cast, lesson, edition):
    as_("dev").post(f"/progress/{lesson.translation_key}/", {"action": "done", "edition": edition})

    assert LessonDone.objects.get(member=cast["dev"]).edition == 1


def test_who_finished_a_module_goes_on_with_the_next_and_then_with_what_was_left_out(cast):
    dev = cast["dev"]
    LessonDone.objects.filter(member=dev).delete()
    mark_done(lesson=LessonPage.objects.get(slug="words-that-travel-badly"), by=dev)
    assert next_title(dev) == "Four levels of racism"

    for slug in ("four-levels-of-racism", "agreeing-our-meanings"):
        mark_done(lesson=LessonPage.objects.get(slug=slug), by=dev)
    assert next_title(dev) == "Grading a city"

    for lesson in LessonPage.objects.exclude(slug="words-that-travel-badly"):
        mark_done(lesson=lesson, by=dev)
    assert current_module(outline_for(dev), dev) is None


def test_moving_and_renaming_a_lesson_erases_nothing(cast, lesson):
    mark_done(lesson=lesson, by=cast["dev"])

    lesson.title, lesson.slug = "Another name", "another-name"
    lesson.save_revision().publish()

    assert next_title(cast["dev"]) == "Underwriting by race"


def test_nobody_marks_without_signing_in(nobody, lesson):
    before = LessonDone.objects.count()

    answer = press(nobody, lesson)

    assert answer.status_code == 403
    assert LessonDone.objects.count() == before


def test_an_unknown_lesson_is_not_there(as_):
    assert as_("dev").post(f"/progress/{uuid4()}/", {"action": "done"}).status_code == 404


def test_marking_is_a_post(as_, lesson):
    assert as_("dev").get(f"/progress/{lesson.translation_key}/").status_code == 405


def test_others_do_not_see_what_dev_finished(as_, cast, lesson):
    mark_done(lesson=lesson, by=cast["dev"])

    for name in ("ana", "mo", "gus", "hana"):
        assert "You have finished this lesson" not in as_(name).get(lesson.url).text


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_two_tabs_at_once_count_once(lesson, cast):
    """Row H9: one effect, whichever tab comes first."""
    dev, failures = cast["dev"], []

    def one_tab() -> None:
        try:
            mark_done(lesson=lesson, by=dev)
        except Exception as problem:
            failures.append(problem)
        finally:
            connection.close()

    tabs = [threading.Thread(target=one_tab) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert failures == []
    assert LessonDone.objects.filter(member=dev).count() == 1


def test_marks_of_this_browser_come_into_the_account_and_nonsense_does_not(as_, cast, lesson):
    keys = f"{lesson.translation_key}:1 {uuid4()}:2 nonsense {lesson.translation_key}:x '\" 9999 :"

    answer = as_("dev").post("/progress/keep/", {"lessons": keys})

    assert answer["Location"] == "/today/?kept=1"
    assert [done.lesson_key for done in LessonDone.objects.filter(member=cast["dev"])] == [
        lesson.translation_key
    ]


@pytest.mark.parametrize("most", [1, 5])
def test_taking_marks_along_costs_the_same_however_many(
    as_, cast, lesson, django_assert_num_queries, most
):
    dev = as_("dev")
    keys = [str(key) for key in LessonPage.objects.values_list("translation_key", flat=True)[:most]]

    with django_assert_num_queries(8):
        dev.post("/progress/keep/", {"lessons": " ".join(f"{key}:1" for key in keys)})

    assert LessonDone.objects.filter(member=cast["dev"]).count() == most
