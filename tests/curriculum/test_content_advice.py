"""Advice beside the form of a lesson: said by place, in words for a non-programmer, and never in the way of publishing."""

import pytest

from curriculum.advice import advice_of
from curriculum.glossary.models import Term
from curriculum.models import LessonPage
from curriculum.readiness import problems_of
from tests.curriculum.editing import edit_address, short_lesson, typed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LONG = "We walked " + "and walked " * 17 + "home."  # 37 words


@pytest.fixture
def lesson(cast):
    return short_lesson()


def about(*blocks):
    """The advice about a lesson of these blocks."""
    lesson = short_lesson()
    lesson.body = LessonPage._meta.get_field("body").to_python(
        [{"type": kind, "value": value} for kind, value in blocks]
    )
    return advice_of(lesson)


class TestWordsOfTheGlossary:
    def test_a_term_that_is_not_linked_needs_no_link_of_the_editor(self, cast):
        assert about(("markdown", "Redlining and blockbusting did it.")) == []

    def test_a_link_to_a_retired_term_and_a_card_of_it_say_what_took_its_place(self, cast):
        card = {"term": str(Term.objects.get(slug="assimilation").pk)}
        said = (
            "it leads to the term “Assimilation”, which we do not use any more. "
            "“Othering and belonging” took its place."
        )

        assert about(("markdown", "[Fit in](term:assimilation), [they](term:assimilation) [say](term:equity)."), ("term", card)) == [
            f"Body, part 1 (Markdown): {said}", f"Body, part 2 (Term): {said}",
        ]  # fmt: skip

    def test_without_one_that_took_its_place(self, cast):
        Term.objects.filter(slug="assimilation").update(replaced_by=None)

        assert about(("markdown", "[Fit in](term:assimilation).")) == [
            "Body, part 1 (Markdown): it leads to the term “Assimilation”, which we do not use any more. "
            "Say it in other words."
        ]


class TestLinks:
    @pytest.mark.parametrize(
        "text", ["here", "Here", "read more", "Read more …", "this link", "more", "https://example.org/a", "www.example.org"]
    )  # fmt: skip
    def test_words_that_do_not_say_where_they_lead(self, cast, text):
        assert about(("markdown", f"See [{text}](https://example.org/a).")) == [
            f"Body, part 1 (Markdown): the link “{text}” does not say where it leads. Let its words name the page."
        ]

    def test_in_text_of_the_editor_as_well(self, cast):
        (advice,) = about(("rich_text", '<p>See <a href="https://example.org">here</a>.</p>'))

        assert advice.startswith("Body, part 1 (Text): the link “here”")

    def test_words_that_name_the_page_are_fine(self, cast):
        assert about(("markdown", "See [the minutes of 1931](https://example.org).")) == []


def test_a_figure_without_a_caption(cast):
    image = {"image": None, "decorative": False, "alt_text": ""}

    assert about(("figure", {"image": image, "caption": " ", "source": ""})) == [
        "Body, part 1 (Figure): there is no caption. Say in a sentence what to see in it."
    ]


class TestHeadings:
    def test_a_missing_step_is_named(self, cast):
        assert about(("heading", "One"), ("markdown", "### Three\n\nWords.")) == [
            "Body, part 2 (Markdown): a heading of level 4 comes after one of level 2. Take one of level 3, so that no "
            "step is missing."
        ]

    def test_steps_down_one_by_one_and_up_at_once_are_fine(self, cast):
        assert (
            about(("heading", "A"), ("markdown", "## B\n\n### C\n\nWords."), ("heading", "D")) == []
        )


class TestSentences:
    def test_a_long_one_is_quoted_by_its_beginning(self, cast):
        assert about(("markdown", LONG)) == [
            "Body, part 1 (Markdown): a sentence has 37 words: “We walked and walked and walked and walked …” "
            "Could it be two?"
        ]

    def test_a_long_quotation_in_it_is_not_ours_to_cut(self, cast):
        assert about(("markdown", f"They said: “{LONG}”")) == []

    def test_hard_words_are_told_of_the_whole_lesson(self, cast):
        hard = (
            "Municipal administrators systematically underestimated neighborhood deterioration. "
            * 20
        )

        assert about(("markdown", hard)) == [
            "Body: the words and sentences ask for about grade 46 of school (Flesch-Kincaid); we aim for 11 or less. "
            "Shorter sentences help most."
        ]

    def test_a_lesson_in_spanish_is_not_graded_as_english(self, cast):
        lesson = short_lesson()
        lesson.locale.language_code = "es"
        lesson.body = LessonPage._meta.get_field("body").to_python(
            [{"type": "markdown", "value": LONG}]
        )

        assert advice_of(lesson) == []


def test_an_empty_body_and_empty_blocks_get_none(cast):
    assert about() == []
    assert about(("markdown", ""), ("rich_text", ""), ("heading", ""), ("fact", {"fact": None}), ("term", {"term": None}), ("care", {"text": "", "short_path": ""})) == []  # fmt: skip


def test_the_starter_lessons_are_written_below_the_grade(cast):
    graded = [
        words
        for lesson in LessonPage.objects.all()
        for words in advice_of(lesson)
        if "grade" in words
    ]

    assert graded == []


def test_it_costs_one_query_however_long_the_lesson_is(lesson, django_assert_num_queries):
    advice_of(lesson)
    for times in (1, 30):
        lesson.body = LessonPage._meta.get_field("body").to_python(
            [
                {
                    "type": "markdown",
                    "value": "[Redlining](term:redlining) [here](https://example.org).",
                }
            ]
            * times
        )
        with django_assert_num_queries(1):
            advice_of(lesson)


def test_the_panel_shows_it_beside_the_form_and_publishing_goes_on(as_, lesson):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    rui = as_("rui")
    form = typed(rui, lesson, ("markdown", "Redlining, see [here](https://example.org) [@RL04]."))

    rui.post(edit_address(lesson), {**form, "action-publish": "1"})
    page = rui.get(edit_address(lesson)).text

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert problems_of(lesson) == []
    assert lesson.body[0].value.startswith("Redlining, see")
    assert "Advice for this lesson" in page
    assert "Body, part 1 (Markdown): the link “here” does not say where it leads." in page
    assert "You may publish it as it is." in page


def test_other_pages_have_no_advice_and_a_clean_lesson_says_so(as_, lesson):
    rui, clean = as_("rui"), LessonPage.objects.get(slug="grading-a-city")
    form = typed(rui, clean, ("markdown", "It was so [@RL04]."))
    rui.post(edit_address(clean), form)

    assert "Nothing that we would look at again." in rui.get(edit_address(clean)).text
    assert "Advice for this lesson" not in rui.get(edit_address(clean.get_parent())).text
    assert (
        rui.get(f"/admin/pages/add/curriculum/lessonpage/{clean.get_parent().pk}/").status_code
        == 200
    )
