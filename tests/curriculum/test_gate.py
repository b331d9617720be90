"""A lesson that asks for the one before it first: a reason in words, a way there, a way on, and never a lock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cohorts.models import Cohort
from curriculum.actions import mark_done
from curriculum.models import LessonDone, LessonPage, ModulePage, Opening
from tests.curriculum.editing import publish
from tests.curriculum.starters import LESSON_FILE, correct, load, make_folder, the_lesson

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ADDRESS = "/learn/how-redlining-worked/underwriting-by-race/"
REASON = "It uses the four grades that the lesson before explains."
READ_ON = "I know this already: read on"
BODY = '<div class="prose flow" id="body">'


def gated(slug="underwriting-by-race"):
    lesson = LessonPage.objects.get(slug=slug)
    lesson.gate_reason = REASON
    return publish(lesson)


@pytest.fixture
def lesson(cast):
    """The second lesson of its module, gated. Dev has finished nothing, and no cohort of his reads the module."""
    LessonDone.objects.filter(member=cast["dev"]).delete()
    Opening.objects.all().delete()
    return gated()


def opened_for_spring(days):
    """By the clock of Chicago, where Dev is."""
    day = datetime.now(ZoneInfo("America/Chicago")).date() + timedelta(days=days)
    Opening.objects.create(
        cohort=Cohort.objects.get(slug="spring"),
        module=ModulePage.objects.get(slug="how-redlining-worked"),
        opens_on=day,
    )


def test_a_member_gets_the_reason_the_way_there_and_the_way_on_instead_of_the_body(as_, lesson):
    page = as_("dev").get(ADDRESS).text

    assert "Best after “Grading a city”" in page
    assert REASON in page
    assert 'href="/learn/how-redlining-worked/grading-a-city/">Go to “Grading a city”' in page
    assert 'href="?read=on#body"' in page
    assert BODY not in page
    assert "Mark as done" not in page


def test_reading_on_opens_the_body_and_marks_nothing(as_, cast, lesson):
    dev = as_("dev")

    page = dev.get(f"{ADDRESS}?read=on").text

    assert BODY in page
    assert REASON in page
    assert READ_ON not in page
    assert not LessonDone.objects.filter(member=cast["dev"]).exists()
    assert BODY not in dev.get(ADDRESS).text


@pytest.mark.parametrize("typed", ["", "?read=", "?read=off", "?read=\x00", "?read=off&read=x"])
def test_another_word_in_the_address_opens_nothing(as_, lesson, typed):
    assert BODY not in as_("dev").get(ADDRESS + typed).text


@pytest.mark.parametrize("slug", ["grading-a-city", "underwriting-by-race"])
def test_who_finished_the_lesson_before_or_this_one_sees_no_gate(as_, cast, lesson, slug):
    mark_done(lesson=LessonPage.objects.get(slug=slug), by=cast["dev"])

    page = as_("dev").get(ADDRESS).text

    assert BODY in page
    assert REASON not in page


def test_the_first_lesson_of_a_module_looks_at_the_last_of_the_module_before(as_, cast, lesson):
    gated("grading-a-city")
    dev, address = as_("dev"), "/learn/how-redlining-worked/grading-a-city/"

    before = dev.get(address).text
    mark_done(lesson=LessonPage.objects.get(slug="agreeing-our-meanings"), by=cast["dev"])

    assert "Best after “Agreeing our meanings”" in before
    assert BODY not in before
    assert BODY in dev.get(address).text


def test_the_very_first_lesson_has_nothing_before_it(as_, lesson):
    gated("four-levels-of-racism")

    page = as_("dev").get("/learn/shared-language/four-levels-of-racism/").text

    assert BODY in page
    assert REASON not in page


def test_the_signed_out_read_the_reason_as_a_note_above_the_body(nobody, lesson):
    page = nobody.get(ADDRESS).text

    assert page.index(REASON) < page.index(BODY)
    assert READ_ON not in page


def test_what_the_cohort_has_open_is_never_closed(as_, lesson):
    """Dev is in Spring, which reads the module since today; Fay is in no cohort."""
    opened_for_spring(days=0)

    assert BODY in as_("dev").get(ADDRESS).text
    assert REASON in as_("dev").get(ADDRESS).text
    assert BODY not in as_("fay").get(ADDRESS).text


def test_a_cohort_that_begins_tomorrow_leaves_the_gate(as_, lesson):
    opened_for_spring(days=1)

    assert BODY not in as_("dev").get(ADDRESS).text


def test_the_module_page_says_after_what_it_is_best(as_, nobody, cast, lesson):
    address = "/learn/how-redlining-worked/"

    assert nobody.get(address).text.count("best after “Grading a city”") == 1
    mark_done(lesson=lesson, by=cast["dev"])
    assert "best after" not in as_("dev").get(address).text


def test_no_lesson_is_gated_unless_an_editor_says_so(cast):
    assert set(LessonPage.objects.values_list("gate_reason", flat=True)) == {""}


def test_spaces_are_no_reason(as_, lesson):
    lesson.gate_reason = "   "
    publish(lesson)

    assert BODY in as_("dev").get(ADDRESS).text


def test_an_open_lesson_costs_as_before_and_a_closed_one_two_queries(
    as_, cast, lesson, django_assert_num_queries
):
    """A lesson without a gate asks six times (test_lesson_page); the gate asks once more, for the cohort's calendar."""
    dev = as_("dev")
    dev.get(ADDRESS)

    with django_assert_num_queries(7):
        dev.get(ADDRESS)
    with django_assert_num_queries(6):
        dev.get(f"{ADDRESS}?read=on")


def test_a_starter_file_may_hold_the_reason(tmp_path, cast):
    folder = make_folder(tmp_path)
    correct(folder, "minutes: 4", f"minutes: 4\ngate: {REASON}", LESSON_FILE)

    load(folder)

    assert the_lesson().gate_reason == REASON
    assert load(folder).written == []


def test_the_sources_stay_away_with_the_body(as_, lesson):
    assert 'id="sources-title"' not in as_("dev").get(ADDRESS).text
    assert 'id="sources-title"' in as_("dev").get(f"{ADDRESS}?read=on").text
