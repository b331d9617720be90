"""Worksheets: questions for the reader alone, with the door to the journal when somebody offers it, and room on paper."""

import re

import pytest
from django.template.loader import render_to_string

from core import doors
from curriculum.loader.refusal import StarterRefused
from curriculum.models import Edition
from curriculum.readiness import problems_of
from tests.curriculum.editing import edit_address, publish, short_lesson, typed, with_blocks
from tests.curriculum.starters import LESSON, LESSON_FILE, load, make_folder, the_lesson

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ADDRESS = "/learn/how-redlining-worked/grading-a-city/"
ALONE = "Your answers are for you alone: in your private journal once you have signed in, on paper, or in notes of your own."


def sheet(questions=("Who wrote it?", "Whom does it hit?"), **values):
    """A worksheet as it is stored."""
    items = [{"type": "item", "value": one, "id": str(number)} for number, one in enumerate(questions)]  # fmt: skip
    value = {"title": "A rule at work", "introduction": "Take one rule.", "questions": items}
    return {"type": "worksheet", "value": {**value, **values}, "id": "5b3c1c12-0000-4000-8000-000000000001"}  # fmt: skip


@pytest.fixture
def lesson(cast):
    return publish(with_blocks(short_lesson(), sheet()))


def test_it_is_a_list_and_no_form_and_says_where_the_answers_belong(nobody, as_, lesson):
    for client, said in ((nobody, [1, 0]), (as_("dev"), [0, 1])):
        page = client.get(ADDRESS).text
        shown = page.split('<section class="prompt worksheet"')[1].split("</section>")[0]
        assert re.findall("<li>(.*?)</li>", shown) == ["Who wrote it?", "Whom does it hit?"]
        assert [shown.count(ALONE), shown.count("Write about this in your journal")] == said
        assert [tag in shown for tag in ("<form", "<input", "<textarea", "<!--")] == [False] * 4


def test_the_journal_gets_all_questions_as_one_text(as_, nobody, lesson, monkeypatch):
    monkeypatch.setattr(doors, "_offers", {name: [*rows] for name, rows in doors._offers.items()})
    doors.offer("reflect", reflect_here)

    page = as_("dev").get(ADDRESS).text

    assert "[5b3c1c12-0000-4000-8000-000000000001|A rule at work|1. Who wrote it?|2. Whom does it hit?]" in page  # fmt: skip
    assert ALONE not in page
    assert ALONE in nobody.get(ADDRESS).text  # the door is shut for them


def reflect_here(*, request, lesson, block, prompt, **_given):
    """A place for the answers, for members."""
    if not request.user.is_authenticated:
        return None
    return f"[{block}|{'|'.join(prompt.splitlines())}]"


def test_its_words_are_part_of_an_edition_and_found_by_search(nobody, lesson):
    newest = Edition.objects.filter(lesson_key=lesson.translation_key).latest("number")

    assert newest.texts[1][1] == "A rule at work\nTake one rule.\nWho wrote it?\nWhom does it hit?"
    assert ADDRESS in nobody.get("/search/", {"q": "Whom does it hit"}).text


@pytest.mark.parametrize(("changed", "said"), [
    (sheet(title=" "), ["Worksheet): the worksheet has no title. Say what it is about."]),
    (sheet(()), ["Worksheet): the worksheet asks nothing. Add a question."]),
    (sheet(("One?", "\u200b")), ["Worksheet): question 2 is empty. Write it, or take it out."]),
    (sheet(["Why?"] * 9), ["Worksheet): the worksheet asks 9 questions; more than 8 are a burden. Take some out."]),
    (sheet(("So [@ZZ99]?",)), ["Worksheet): the text cites ZZ99, which is neither a fact nor among the lesson’s own sources."]),
    (sheet(("So [@zz9]?",)), ["Worksheet): “[@zz9]” is no citation. A key is two capital letters and a number: [@RL04]."]),
])  # fmt: skip
def test_what_keeps_it_from_being_published(cast, changed, said):
    found = problems_of(with_blocks(short_lesson(), changed))

    assert [words.removeprefix("Body, part 2 (") for words in found] == said


def test_questions_may_cite_and_what_is_typed_is_no_markup(nobody, cast):
    publish(with_blocks(short_lesson(), sheet(("Was it so [@RL04]?", "<b>Why?</b>"))))

    page = nobody.get(ADDRESS).text

    assert re.search(r"<li>Was it so<sup class=\"cite\">.*?</sup>\?</li>", page)
    assert "<li>&lt;b&gt;Why?&lt;/b&gt;</li>" in page


def test_rui_writes_one_in_the_form(as_, nobody, lesson):
    rui = as_("rui")
    questions = {"count": "1", "0-deleted": "", "0-order": "0", "0-type": "item", "0-id": "", "0-value": "Who pays?"}  # fmt: skip
    value = {"title": "Who pays", "introduction": "", **{f"questions-{name}": one for name, one in questions.items()}}  # fmt: skip
    form = typed(rui, lesson, ("markdown", "So [@RL04]."), ("worksheet", value))

    saved = rui.post(edit_address(lesson), {**form, "action-publish": "1"})

    assert saved.status_code == 302
    assert "<li>Who pays?</li>" in nobody.get(ADDRESS).text
    help_text = rui.get(edit_address(lesson)).text
    assert "One to eight. On paper each has room for an answer." in help_text


def test_on_paper_each_question_has_room():
    value = {"title": "A rule", "introduction": "", "questions": ["Who?", "Whom?"]}

    page = render_to_string("curriculum/paper/worksheet.html", {"value": value})

    assert 'class="worksheet on-paper flow"' in page
    assert re.findall("<li>(.*?)</li>", page) == ["Who?", "Whom?"]


def test_a_file_of_the_starter_asks_its_questions_in_a_list(cast, tmp_path):
    folder = make_folder(tmp_path)
    sheet = "::: worksheet\ntitle: A bridge of yours\nquestions:\n  - Who crosses [@BR01]?\n  - Who does not?\n:::\n"
    (folder / LESSON_FILE).write_text(LESSON + sheet)

    load(folder)

    value = the_lesson().body[-2].value
    assert [value["title"], list(value["questions"])] == ["A bridge of yours", ["Who crosses [@BR01]?", "Who does not?"]]  # fmt: skip
    assert load(folder).written == []


@pytest.mark.parametrize(("questions", "sentence"), [
    ("questions: Who?", "line 24: “questions” must be a list."),
    ("questions:\n  - 5", "line 25: each of “questions” must be words. Put them in quotes if they look like something else."),
    ("questions:\n  - Who [@QQ99]?", "line 25: it cites QQ99, which is no fact and not among its sources."),
    ("questions:\n  - Who?\n  - '[Bridges](term:brigde)?'", "line 26: “brigde” is no term of the glossary."),
    ("introduction: None here", "line 22: this worksheet has no questions."),
])  # fmt: skip
def test_a_file_that_asks_wrongly_is_refused_with_the_line(cast, tmp_path, questions, sentence):
    folder = make_folder(tmp_path)
    (folder / LESSON_FILE).write_text(f"{LESSON}::: worksheet\ntitle: A bridge\n{questions}\n:::\n")

    with pytest.raises(StarterRefused) as refusal:
        load(folder)

    assert sentence in str(refusal.value)


def test_a_starter_lesson_holds_one(nobody, cast):
    page = nobody.get("/learn/shared-language/words-that-travel-badly/").text

    assert "A sentence of your own" in page
    assert page.split("A sentence of your own")[1].split("</ol>")[0].count("<li>") == 4
