"""The page of a lesson: numbered sources, what comes next, and what an unpublished or restricted one answers."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from curriculum.models import LessonPage, ModulePage
from curriculum.permissions import (
    can_read_lesson,
    can_read_page,
    lessons_visible_to,
    modules_visible_to,
)
from curriculum.references import references_of
from curriculum.templatetags.lessons import lesson_markdown

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ADDRESS = "/learn/how-redlining-worked/grading-a-city/"


@pytest.fixture
def lesson(cast) -> LessonPage:
    return LessonPage.objects.get(slug="grading-a-city")


def test_every_citation_leads_to_a_source_on_the_page(nobody, lesson):
    page = nobody.get(ADDRESS).text

    for key, number in references_of(lesson.body).numbers.items():
        assert f'id="source-{key}"' in page
        assert f'href="#source-{key}"' in page, f"source {number} is listed and never cited"
    assert "[@" not in page


def test_a_citation_of_no_source_stays_as_it_was_typed():
    assert "[@ZZ99]" in lesson_markdown("See [@ZZ99].", {"RL01": 1})


def test_script_in_an_editors_markdown_is_shown_and_not_run():
    assert "<script" not in lesson_markdown("<script>alert(1)</script> [@RL01]", {"RL01": 1})


def test_the_page_names_what_comes_next(nobody, cast):
    assert "Next: Underwriting by race" in nobody.get(ADDRESS).text


def test_a_draft_is_not_there(nobody, lesson):
    lesson.unpublish()

    assert nobody.get(ADDRESS).status_code == 404
    assert nobody.get(ADDRESS + "map/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/learn/no-such-module/",
        "/learn/how-redlining-worked/no-such-lesson/",
        "/learn/x/y/z/",
        ADDRESS + "map/x/",
        "/lodestar/",
    ],
)
def test_what_is_not_there_is_the_same_404(nobody, cast, address):
    assert nobody.get(address).status_code == 404


def test_a_members_lesson_is_closed_to_others_everywhere(nobody, as_, lesson):
    """Rows A5, A13, A16: neither page nor list nor search nor sitemap names it to the signed-out."""
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)

    assert nobody.get(ADDRESS).status_code == 302
    for address in (
        "/learn/",
        "/learn/how-redlining-worked/",
        "/",
        "/sitemap.xml",
        "/search/?q=grading",
    ):
        assert "grading-a-city" not in nobody.get(address).text, address
    assert as_("dev").get(ADDRESS).status_code == 200
    assert "grading-a-city" in as_("dev").get("/learn/how-redlining-worked/").text


def test_a_cohort_module_is_closed_with_its_lessons_and_their_maps(nobody, as_, cast):
    """A cohort module carries Wagtail's restriction to who is signed in."""
    module = ModulePage.objects.get(slug="how-redlining-worked")
    PageViewRestriction.objects.create(page=module, restriction_type=PageViewRestriction.LOGIN)

    for address in ("/learn/how-redlining-worked/", ADDRESS, ADDRESS + "map/"):
        assert nobody.get(address).status_code == 302, address
        assert as_("dev").get(address).status_code == 200, address
    for address in ("/learn/", "/", "/sitemap.xml", "/search/?q=grading"):
        assert "how-redlining-worked" not in nobody.get(address).text, address


def test_a_restriction_to_a_group_lets_nobody_in_not_even_who_has_the_group(
    nobody, as_, cast, lesson
):
    """Row A9: groups follow from roles, and a role is no reason to read more."""
    restriction = PageViewRestriction.objects.create(page=lesson, restriction_type="groups")
    restriction.groups.set(cast["rui"].groups.all())

    for address in (ADDRESS, ADDRESS + "map/"):
        assert as_("rui").get(address).status_code == 404
        assert as_("dev").get(address).status_code == 404
        assert nobody.get(address).status_code == 302
    marked = as_("rui").post(f"/progress/{lesson.translation_key}/", {"action": "done"})
    assert marked.status_code == 404


def test_a_module_that_is_taken_back_takes_its_lessons_along(nobody, as_, cast, lesson):
    ModulePage.objects.get(slug="how-redlining-worked").unpublish()

    assert [client.get(ADDRESS).status_code for client in (nobody, as_("dev"))] == [404, 404]
    assert nobody.get(ADDRESS + "map/").status_code == 404
    assert "grading-a-city" not in nobody.get("/search/?q=grading").text
    assert can_read_lesson(cast["dev"], lesson) is False
    assert not lessons_visible_to(cast["dev"]).filter(pk=lesson.pk).exists()


def test_the_rule_on_a_lesson_and_the_filter_agree_for_the_whole_cast(cast, lesson):
    module = ModulePage.objects.get(slug="how-redlining-worked")
    for restricted in (None, lesson, module):
        PageViewRestriction.objects.all().delete()
        if restricted:
            PageViewRestriction.objects.create(
                page=restricted, restriction_type=PageViewRestriction.LOGIN
            )
        for person in (*cast.values(), AnonymousUser()):
            seen = set(lessons_visible_to(person))
            assert seen == {row for row in LessonPage.objects.all() if can_read_lesson(person, row)}
            assert set(modules_visible_to(person)) == {
                row for row in ModulePage.objects.all() if row.live and can_read_page(person, row)
            }


def test_the_outline_costs_the_same_for_two_lessons_and_for_five(
    as_, lesson, django_assert_num_queries
):
    dev = as_("dev")
    dev.get(ADDRESS)
    with django_assert_num_queries(7):
        dev.get(ADDRESS)
    for number in range(3):
        lesson.copy(
            update_attrs={"slug": f"copy-{number}", "title": f"Copy {number}"}, keep_live=True
        )
    dev.get(ADDRESS)  # what was published is made anew once
    with django_assert_num_queries(7):
        dev.get(ADDRESS)


def test_the_map_has_a_table_of_its_own(nobody, lesson):
    page = nobody.get(ADDRESS + "map/")
    only_d = nobody.get(ADDRESS + "map/?grade=D")

    assert page.status_code == 200
    shown = next(block.value["map"] for block in lesson.body if block.block_type == "map")
    for area in shown.areas.all():
        assert area.label in page.text
    assert only_d.status_code == 200
    assert page.text.count("<tr") > only_d.text.count("<tr")


def test_a_strange_grade_shows_the_whole_table(nobody, cast):
    assert nobody.get(ADDRESS + "map/", {"grade": "'\"\x00Z"}).status_code == 200


def test_an_editor_opens_the_lesson_that_holds_a_map(as_):
    lesson = LessonPage.objects.get(slug="grading-a-city")

    page = as_("rui").get(f"/admin/pages/{lesson.pk}/edit/")

    assert page.status_code == 200
    assert "Riverbend" in page.text
