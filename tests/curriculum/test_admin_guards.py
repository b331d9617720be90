"""Publishing, deleting and unpublishing outside of a lesson's form: a sentence where something stands in the way."""

from datetime import date, timedelta

import pytest
from wagtail.models import Page

from cohorts.models import Cohort
from curriculum.models import LessonDone, LessonPage, ModulePage, Opening
from tests.curriculum.editing import edit_address, numbers_of, short_lesson, typed, with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
EMPTY = "Body, part 2 (Heading): the heading is empty. Write what the section is about."


@pytest.fixture
def lesson(cast):
    return short_lesson()


@pytest.fixture
def module(cast):
    """A module in the plan of one cohort alone."""
    page = ModulePage.objects.get(slug="how-redlining-worked")
    page.openings.all().delete()
    spring = Cohort.objects.get(slug="spring")
    Opening.objects.create(cohort=spring, module=page, opens_on=date(2026, 11, 16))
    return page


def bulk(action, *pages, **more):
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return f"/admin/bulk/wagtailcore/page/{action}/?next=/admin/&{chosen}"


def unready_draft(lesson):
    with_blocks(lesson, {"type": "heading", "value": " "}).save_revision(clean=False)


def test_publishing_many_is_refused_with_the_sentences_and_none_is_published(as_, lesson):
    unready_draft(lesson)
    other = LessonPage.objects.get(slug="taken-twice")
    other.title = "Taken three times"
    other.save_revision()

    answer = as_("rui").post(bulk("publish", other, lesson), follow=True)

    assert answer.redirect_chain == [("/admin/", 302)]
    assert "Nothing was published, because “Grading a city” is not ready:" in answer.text
    assert EMPTY in answer.text
    assert (numbers_of(lesson), numbers_of(other)) == ([1], [1])
    assert LessonPage.objects.get(pk=other.pk).title != "Taken three times"


def test_publishing_many_that_are_ready_goes_on_as_before(as_, lesson):
    lesson.save_revision()

    as_("rui").post(bulk("publish", lesson))

    assert numbers_of(lesson) == [1, 2]


def test_publishing_a_module_with_what_is_below_looks_at_each_lesson(as_, lesson):
    unready_draft(lesson)
    LessonPage.objects.filter(pk=lesson.pk).update(live=False)

    answer = as_("rui").post(
        bulk("publish", lesson.get_parent()), {"include_descendants": "on"}, follow=True
    )

    assert EMPTY in answer.text
    assert not LessonPage.objects.get(pk=lesson.pk).live


def test_no_page_waits_for_a_moderator(as_, lesson):
    rui = as_("rui")
    form = typed(rui, lesson, ("heading", " "))

    rui.post(edit_address(lesson), {**form, "action-submit": "1"})

    page = LessonPage.objects.get(pk=lesson.pk)
    assert page.workflow_states.count() == 0
    assert not page.workflow_in_progress
    assert "Submit to" not in rui.get(edit_address(lesson)).text
    assert numbers_of(lesson) == [1]


def test_a_module_in_a_plan_is_not_deleted_even_with_its_lessons(as_, module):
    gus = as_("gus")

    answer = gus.post(f"/admin/pages/{module.pk}/delete/", follow=True)
    many = gus.post(bulk("delete", module), follow=True)

    words = (
        "“How redlining worked” was not deleted, because it is in the plan of a cohort: 1 cohort. "
        "Unpublish it instead, or have the backbone team take it out of the plan first."
    )
    assert [words in page.text for page in (answer, many)] == [True, True]
    assert ModulePage.objects.filter(pk=module.pk).exists()
    assert module.get_children().count() == 4


def test_an_empty_module_in_a_plan_stays_and_the_cohort_is_named_to_whom_it_is_known(
    as_, cast, module
):
    """The name of a cohort is known in the cohort and to the backbone; Rui is told that there is one."""
    empty = ModulePage(title="Empty", slug="empty", summary="x", owner=cast["rui"])
    module.get_parent().add_child(instance=empty)
    spring = Cohort.objects.get(slug="spring")
    Opening.objects.create(cohort=spring, module=empty, opens_on=date(2027, 1, 4))
    address = f"/admin/pages/{empty.pk}/delete/"

    by_rui = as_("rui").post(address, follow=True).text
    by_ana = as_("ana").post(address, follow=True).text

    assert "in the plan of a cohort: 1 cohort. Unpublish it instead" in by_rui
    assert "in the plan of a cohort: Spring from Jan. 4, 2027. Unpublish it instead" in by_ana
    assert "Spring" not in by_rui
    assert Page.objects.filter(pk=empty.pk).exists()


def test_a_lesson_of_a_plan_is_deleted_after_a_warning_and_marks_stay(as_, cast, module, lesson):
    LessonDone.objects.create(member=cast["dev"], lesson_key=lesson.translation_key)
    ana = as_("ana")
    address = f"/admin/pages/{lesson.pk}/delete/"

    asked = ana.get(address).text
    many = ana.get(bulk("delete", lesson)).text
    ana.post(address)

    warning = (
        "This is in the plan of a cohort: Spring from Nov. 16, 2026. "
        "Members who finished it keep their mark, but it counts no longer, and nobody can read it again."
    )
    assert [warning in page for page in (asked, many)] == [True, True]
    assert not LessonPage.objects.filter(pk=lesson.pk).exists()
    assert LessonDone.objects.filter(lesson_key=lesson.translation_key).count() == 1
    assert "1 of 3 lessons" not in as_("dev").get("/learn/how-redlining-worked/").text


def test_unpublishing_warns_of_the_same_and_can_be_taken_back(as_, module, lesson):
    ana = as_("ana")

    pages = [ana.get(f"/admin/pages/{page.pk}/unpublish/").text for page in (lesson, module)] + [
        ana.get(bulk("unpublish", lesson)).text
    ]

    warning = "Spring from Nov. 16, 2026. Nobody can read it until it is published again."
    assert [warning in page for page in pages] == [True] * 3


def test_a_cohort_that_has_ended_is_no_reason_to_warn(as_, module, lesson):
    Cohort.objects.filter(slug="spring").update(ends_on=date.today() - timedelta(days=1), starts_on=date(2020, 1, 1))  # fmt: skip

    for page in (f"/admin/pages/{lesson.pk}/delete/", f"/admin/pages/{lesson.pk}/unpublish/"):
        assert "in the plan of a cohort" not in as_("ana").get(page).text
