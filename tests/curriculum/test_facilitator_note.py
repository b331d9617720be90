"""Facilitator notes: who reads them, and that they stand nowhere else, however the lesson is asked for."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import ReferenceIndex

from accounts.actions import give_role
from accounts.choices import RoleKind
from cohorts.models import Cohort
from core.clock import today_here
from curriculum.loader.differences import difference
from curriculum.models import Citation, Edition, LessonPage
from curriculum.notes import notes_of
from curriculum.permissions import can_read_facilitator_notes, readers_of_facilitator_notes
from curriculum.readiness import problems_of
from curriculum.references import references_of
from tests.curriculum.editing import (
    edit_address,
    numbers_of,
    publish,
    short_lesson,
    typed,
    with_blocks,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ADDRESS = "/learn/how-redlining-worked/grading-a-city/"
SECRET = "heronwhisper"
NOTE = {
    "minutes": 20,
    "text": f"Say *{SECRET}* first [@RL04].",
    "resistance": f"Somebody may object to {SECRET}.",
    "access": f"A chair for {SECRET}.",
}
READERS = {"mo", "ana", "lena"}


@pytest.fixture
def lesson(cast):
    return publish(with_blocks(short_lesson(), {"type": "facilitator", "value": NOTE}))


def test_facilitators_and_the_backbone_read_it_and_nobody_else_of_the_cast(
    as_, nobody, cast, lesson
):
    assert {name for name in cast if SECRET in as_(name).get(ADDRESS).text} == READERS
    assert SECRET not in nobody.get(ADDRESS).text
    page = as_("mo").get(ADDRESS).text
    assert page.count(SECRET) == 3
    assert '<details class="facilitator">' in page
    assert "20 minutes" in page


def test_the_page_of_others_does_not_even_say_that_there_is_a_note(as_, nobody, lesson):
    for client in (nobody, as_("dev"), as_("rui"), as_("gus")):
        page = client.get(ADDRESS).text
        assert [words in page.lower() for words in ("facilitator", "resisted")] == [False, False]


def test_the_rule_and_the_notes_of_a_lesson_agree_for_the_whole_cast(cast, lesson):
    for name, person in (*cast.items(), ("nobody", AnonymousUser())):
        assert can_read_facilitator_notes(person) is (name in READERS), name
        assert readers_of_facilitator_notes().filter(pk=person.pk).exists() is (name in READERS)
        assert [note.value["minutes"] for note in notes_of(lesson, person)] == ([20] if name in READERS else []), name  # fmt: skip


def test_who_facilitated_a_cohort_that_is_over_or_left_reads_it_no_more(as_, cast, lesson):
    """Row A18: an open tab, asked again, is another answer."""
    mo = as_("mo")
    assert SECRET in mo.get(ADDRESS).text

    Cohort.objects.filter(slug="spring").update(ends_on=today_here())
    assert SECRET in mo.get(ADDRESS).text  # on its last day still
    yesterday = today_here() - timedelta(days=1)
    Cohort.objects.filter(slug="spring").update(starts_on=yesterday, ends_on=yesterday)
    assert SECRET not in mo.get(ADDRESS).text

    Cohort.objects.filter(slug="spring").update(ends_on=None)
    assert SECRET in mo.get(ADDRESS).text
    cast["mo"].memberships.update(left_at=timezone.now())
    assert SECRET not in mo.get(ADDRESS).text


def test_a_new_member_of_the_backbone_reads_it(as_, cast, lesson):
    assert SECRET not in as_("rui").get(ADDRESS).text

    give_role(member=cast["rui"], kind=RoleKind.BACKBONE, reason="covers", by=cast["ana"])

    assert SECRET in as_("rui").get(ADDRESS).text


def test_what_is_kept_for_all_holds_no_note_whoever_came_first(as_, nobody, lesson):
    """The page of who is signed out is kept in memory, and the body for every reader."""
    assert SECRET in as_("mo").get(ADDRESS).text
    assert SECRET not in nobody.get(ADDRESS).text
    assert SECRET not in nobody.get(ADDRESS).text  # from memory

    assert SECRET in as_("mo").get(ADDRESS).text
    assert SECRET not in as_("dev").get(ADDRESS).text


def test_an_answer_with_a_note_is_stored_nowhere(as_, lesson):
    assert as_("mo").get(ADDRESS)["Cache-Control"] == "private, no-store"


def test_a_lesson_that_changed_since_it_was_done_shows_the_note_to_its_reader_alone(as_, lesson):
    for name in ("mo", "dev"):
        as_(name).post(f"/progress/{lesson.translation_key}/", {"action": "done", "edition": "1"})
    publish(with_blocks(lesson, {"type": "markdown", "value": "And then this came."}))

    pages = {name: as_(name).get(ADDRESS).text for name in ("mo", "dev")}

    assert [SECRET in pages["mo"], SECRET in pages["dev"]] == [True, False]
    assert ["Changed since" in page for page in pages.values()] == [True, True]


def test_it_costs_members_one_question_and_the_signed_out_none(
    as_, nobody, cast, django_assert_num_queries
):
    plain = publish(short_lesson())
    dev, mo, ana = as_("dev"), as_("mo"), as_("ana")
    for client in (dev, mo, ana):
        client.get(ADDRESS)
    for client, queries in ((dev, 6), (mo, 6), (ana, 6)):
        with django_assert_num_queries(queries):
            client.get(ADDRESS)

    publish(with_blocks(plain, *[{"type": "facilitator", "value": NOTE} for _ in range(3)]))
    for client in (nobody, dev, mo, ana):
        client.get(ADDRESS)

    for client, queries in ((nobody, 1), (dev, 7), (mo, 7), (ana, 7)):
        with django_assert_num_queries(queries):
            client.get(ADDRESS)


def test_search_finds_no_note_for_anybody(as_, nobody, lesson):
    for client in (nobody, as_("dev"), as_("mo"), as_("ana")):
        assert "grading-a-city" not in client.get("/search/", {"q": SECRET}).text
    rui = as_("rui")
    assert "Grading" not in rui.get("/admin/pages/search/results/", {"q": SECRET}).text
    assert SECRET not in " ".join(lesson.body.stream_block.get_searchable_content(lesson.body))


@pytest.mark.parametrize("address", [
    "/", "/learn/", "/learn/how-redlining-worked/", "/sitemap.xml", "/glossary/", "/today/", "/cohorts/spring/",
    "/account/visible/", ADDRESS + "map/",
])  # fmt: skip
def test_no_other_page_holds_it(as_, lesson, address):
    for name in ("dev", "mo", "ana"):
        assert SECRET not in as_(name).get(address).text, name


def test_editions_citations_and_sources_know_nothing_of_it(cast, lesson):
    newest = Edition.objects.filter(lesson_key=lesson.translation_key).latest("number")
    assert SECRET not in str(newest.texts)
    assert len(newest.texts) == 1
    assert list(Citation.objects.filter(lesson=lesson).values_list("fact_key", flat=True)) == [
        "RL04"
    ]
    assert list(references_of(lesson.body).numbers) == ["RL04"]
    assert SECRET not in str(list(ReferenceIndex.get_references_for_object(lesson).values_list("content_path")))  # fmt: skip


def test_a_changed_note_is_no_news_for_who_finished(as_, lesson):
    now = str(numbers_of(lesson)[-1])
    as_("dev").post(f"/progress/{lesson.translation_key}/", {"action": "done", "edition": now})
    raw = [dict(one) for one in lesson.body.raw_data]
    raw[-1]["value"] = {**NOTE, "text": "Say something else."}
    lesson.body = LessonPage._meta.get_field("body").to_python(raw)

    publish(lesson)

    page = as_("dev").get(ADDRESS).text
    assert ["Changed since" in page, "since you finished" in page] == [False, False]
    assert "Say something else." in as_("mo").get(ADDRESS).text


def test_its_citations_lead_to_the_lessons_own_sources(as_, lesson):
    page = as_("mo").get(ADDRESS).text

    assert f'<em>{SECRET}</em> first<sup class="cite"><a href="#source-RL04"' in page
    assert page.count('id="source-RL04"') == 1


def test_a_note_that_points_to_what_the_lesson_does_not_cite_is_not_published(cast):
    lesson = with_blocks(
        short_lesson(), {"type": "facilitator", "value": {**NOTE, "access": "See [@RL12]."}}
    )

    assert problems_of(lesson) == [
        "Body, part 2 (Facilitator note): the note points to RL12, which the lesson does not cite itself. "
        "Cite it in the lesson, or name it in words."
    ]


def test_a_note_without_words_or_time_is_not_published(cast):
    lesson = with_blocks(
        short_lesson(), {"type": "facilitator", "value": {**NOTE, "minutes": 0, "text": " "}}
    )

    assert problems_of(lesson) == [
        "Body, part 2 (Facilitator note): the note says nothing. Write what the facilitator does.",
        "Body, part 2 (Facilitator note, Minutes): Ensure this value is greater than or equal to 1.",
    ]


def test_who_edits_the_lesson_sees_it_in_form_preview_and_draft(as_, lesson):
    rui = as_("rui")

    assert SECRET in rui.get(edit_address(lesson)).text
    assert SECRET in rui.get(f"/admin/pages/{lesson.pk}/view_draft/").text
    preview = f"/admin/pages/{lesson.pk}/edit/preview/"
    changed = typed(rui, lesson, ("markdown", "So [@RL04]."), ("facilitator", {**NOTE, "access": "A ramp."}))  # fmt: skip
    assert rui.post(preview, changed).json()["is_valid"] is True
    assert "A ramp." in rui.get(preview).text
    for name in ("dev", "mo"):  # the editors' area is not theirs
        assert as_(name).get(preview).status_code == 403


def test_the_block_by_itself_says_nothing(lesson):
    """Whatever template shows a whole body: the note needs the word of who asked about the reader."""
    note = next(part for part in lesson.body if part.block_type == "facilitator")

    assert [str(note), note.render({}), note.render_as_block({"page": lesson})] == ["", "", ""]
    assert SECRET not in str(lesson.body)


def test_the_loader_says_that_a_note_differs_and_not_what_it_says(lesson):
    page = {"body": lesson.body}
    raw = [dict(one) for one in lesson.body.raw_data]
    raw[-1]["value"] = {**NOTE, "text": "Another."}
    file = {"body": LessonPage._meta.get_field("body").to_python(raw)}

    said = difference(page, file)

    assert len(said) == 2
    assert all("a note for facilitators" in line for line in said)
    assert SECRET not in "".join(said)


def test_two_starter_lessons_hold_a_note_each(as_, cast):
    for address, minutes in (
        ("/learn/shared-language/four-levels-of-racism/", "20 minutes"),
        ("/learn/how-redlining-worked/taken-twice/", "35 minutes"),
    ):
        assert minutes in as_("mo").get(address).text
        assert "For facilitators" not in as_("dev").get(address).text
