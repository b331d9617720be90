"""From a lesson's question to a page of one's own: the way there, and what the page begins with."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from accountability.journal.models import Prompt
from accountability.journal.suggestions import beginning
from accountability.journal.texts import About
from accountability.journal.texts import Prompt as Copy
from curriculum.loader.loading import load_folder
from curriculum.models import LessonPage
from tests.curriculum.editing import publish, short_lesson, with_blocks
from tests.house.starter import two_modules

pytestmark = pytest.mark.django_db
ADDRESS = "/learn/how-redlining-worked/grading-a-city/"
REFLECTION, COMMITMENT, DISCUSSION = (f"5b3c1c12-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
BLOCKS = (
    {"type": "reflection", "value": {"text": "Whom would you *ask*?"}, "id": REFLECTION},
    {"type": "commitment", "value": {"text": "Change one line."}, "id": COMMITMENT},
    {"type": "discussion", "value": {"text": "What did you hear?", "place": "cohort"}, "id": DISCUSSION},
)  # fmt: skip


@pytest.fixture
def lesson(cast):
    return publish(with_blocks(short_lesson(), *BLOCKS))


@pytest.fixture
def begin(rf, cast):
    """What a page begins with for Dev, or whom one names, at an address or by a form."""

    def begun(who="dev", sent=None, **named):
        request = rf.post(f"/journal/write/{query(named)}", sent) if sent is not None else rf.get("/journal/write/", named)  # fmt: skip
        request.user = cast.get(who) or AnonymousUser()
        return beginning(request)

    return begun


def query(named):
    return "?" + "&".join(f"{name}={value}" for name, value in named.items()) if named else ""


def ways_on(page):
    """The ways to the journal that a page offers under questions."""
    return [unescape(one) for one in re.findall(r'href="(/journal/write/[^"]*)"', page.text)]


class TestTheDoor:
    def test_a_member_finds_one_quiet_way_under_a_question_for_oneself(self, lesson, as_):
        page = as_("dev").get(ADDRESS)

        assert ways_on(page) == [f"/journal/write/?lesson={lesson.translation_key}&block={REFLECTION}"]  # fmt: skip
        assert page.text.count("Nobody else reads it.") == 1

    def test_the_signed_out_find_none_before_and_after_a_member_read(self, lesson, as_, nobody):
        found = [ways_on(client.get(ADDRESS)) for client in (nobody, as_("dev"), nobody)]

        assert [len(ways) for ways in found] == [0, 1, 0]

    def test_it_is_the_same_for_who_writes_and_who_does_not(self, lesson, as_):
        """Existence is private: no page says whether somebody began here."""
        assert ways_on(as_("dev").get(ADDRESS)) == ways_on(as_("elu").get(ADDRESS))

    def test_a_question_more_asks_nothing_more_of_the_database(
        self, lesson, as_, django_assert_num_queries
    ):
        dev = as_("dev")
        dev.get(ADDRESS)
        with django_assert_num_queries(OF_A_LESSON):
            dev.get(ADDRESS)
        more = [{**BLOCKS[0], "id": str(uuid4())} for _n in range(2)]
        publish(with_blocks(short_lesson(), *BLOCKS, *more))
        dev.get(ADDRESS)

        with django_assert_num_queries(OF_A_LESSON):
            page = dev.get(ADDRESS)

        assert len(ways_on(page)) == 3


OF_A_LESSON = 7


class TestWithALesson:
    def test_the_question_is_quoted_from_the_edition_that_readers_have(self, lesson, begin):
        prompt, about = begin(lesson=lesson.translation_key, block=REFLECTION)

        assert prompt == Copy("Whom would you ask?", f"{lesson.title}, edition 2", ADDRESS)
        assert about == About("lesson", str(lesson.translation_key), lesson.title, ADDRESS)

    def test_a_draft_of_an_editor_is_not_quoted(self, lesson, begin):
        changed = {**BLOCKS[0], "value": {"text": "An early word?"}}
        with_blocks(short_lesson(), changed).save_revision(clean=False)

        assert begin(lesson=lesson.translation_key, block=REFLECTION)[0].words == "Whom would you ask?"  # fmt: skip

    def test_a_later_edition_is_quoted_from_then_on(self, lesson, begin):
        publish(with_blocks(short_lesson(), {**BLOCKS[0], "value": {"text": "And now?"}}))

        prompt, _about = begin(lesson=lesson.translation_key, block=REFLECTION)

        assert (prompt.words, prompt.source) == ("And now?", f"{lesson.title}, edition 3")

    def test_something_to_do_is_quoted_and_what_is_for_others_is_not(self, lesson, begin):
        found = [begin(lesson=lesson.translation_key, block=one)[0] for one in (COMMITMENT, DISCUSSION)]  # fmt: skip

        assert [one and one.words for one in found] == ["Change one line.", None]

    def test_a_lesson_alone_is_what_it_is_about(self, lesson, begin):
        prompt, about = begin(lesson=lesson.translation_key)

        assert (prompt, about.words) == (None, lesson.title)

    @pytest.mark.parametrize(
        "key", ["", "x", "%00", "{}", "0" * 5000, "6b1b3a52-0000-4000-8000-000000000009"]
    )
    def test_what_is_no_lesson_is_silently_nothing(self, lesson, begin, key):
        assert begin(lesson=key, block=REFLECTION) == (None, None)

    @pytest.mark.parametrize("block", ["", "x", "0" * 5000, "6b1b3a52-0000-4000-8000-000000000009"])
    def test_what_is_no_question_of_it_leaves_the_lesson(self, lesson, begin, block):
        assert begin(lesson=lesson.translation_key, block=block)[0] is None

    def test_a_lesson_that_one_may_not_read_is_silently_nothing(self, lesson, begin):
        """A8: as one that is not there."""
        named = {"lesson": lesson.translation_key, "block": REFLECTION}
        PageViewRestriction.objects.create(page=lesson.get_parent(), restriction_type="login")
        assert [begin("nobody", **named)[0], begin("dev", **named)[0].words] == [None, "Whom would you ask?"]  # fmt: skip

        lesson.unpublish()

        assert begin("dev", **named) == (None, None)

    def test_it_is_quoted_in_ones_own_language_and_else_in_the_first(self, cast, begin):
        with two_modules(translated=True) as folder:
            load_folder(folder)
        english, spanish = (
            LessonPage.objects.get(slug="four-levels-of-racism", locale__language_code=one)
            for one in ("en", "es")
        )
        block = next(str(part.id) for part in spanish.body if part.block_type == "reflection")

        with override("es"):
            prompt, about = begin(lesson=english.translation_key, block=block)

        address = "/es/learn/shared-language/four-levels-of-racism/"
        assert (about.words, about.url, prompt.url) == (spanish.title, address, address)
        assert begin(lesson=english.translation_key, block=block)[1].words == english.title


class TestWithAQuestionOfTheSet:
    def test_it_is_copied(self, begin):
        row = Prompt.objects.filter(language="en").first()

        assert begin(prompt=row.pk) == (Copy(row.words), None)

    def test_in_any_language(self, begin):
        row = Prompt.objects.filter(language="es").first()

        assert begin(prompt=row.pk)[0].words == row.words

    def test_a_press_changes_the_question_and_keeps_the_lesson(self, lesson, begin):
        row = Prompt.objects.filter(language="en").first()
        form = {"lesson": str(lesson.translation_key), "block": REFLECTION, "prompt": "", "body": "I"}  # fmt: skip

        before, about = begin(sent=form)
        after, still = begin(sent=form, prompt=row.pk)

        assert (before.words, after.words) == ("Whom would you ask?", row.words)
        assert about == still == About("lesson", str(lesson.translation_key), lesson.title, ADDRESS)

    @pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "²", "٣", "0", "9" * 40])
    def test_what_is_no_question_is_silently_nothing(self, begin, number):
        assert begin(prompt=number) == (None, None)

    def test_one_that_is_off_the_list_is_silently_nothing(self, begin):
        row = Prompt.objects.first()
        Prompt.objects.update(is_offered=False)

        assert begin(prompt=row.pk) == (None, None)
