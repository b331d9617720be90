"""The blocks that readers try: what they ask of an editor, what an edition says of them, how a file writes them."""

import pytest
from wagtail.test.utils.form_data import streamfield

from curriculum.loader.refusal import StarterRefused
from curriculum.models import Edition
from curriculum.readiness import problems_of
from tests.curriculum.editing import draft_of, edit_address, short_lesson, typed, with_blocks
from tests.curriculum.starters import LESSON, LESSON_FILE, load, make_folder, the_lesson
from tests.curriculum.trying import CHECK, SORTING, UNDERSTANDING, block_of, lesson_with, problems

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def option(text="Brokers", right=True, explanation="HOLC said so."):
    return {"text": text, "right": right, "explanation": explanation}


def case(text="A curt answer", group="1", explanation="So."):
    return {"text": text, "group": group, "explanation": explanation}


def person(name="Ada", **cells):
    return {
        "name": name,
        "about": "",
        "cells": [{"stage": stage, "barrier": words} for stage, words in cells.items()],
    }


@pytest.mark.parametrize("kind", ["check", "sorting", "understanding"])
def test_a_block_that_is_whole_has_no_problem(kind):
    assert problems(kind) == []


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([option(right=False), option("Neighbors", right=False)], ["no answer is marked as right. Mark one, or several."]),
        ([option(), option("Neighbors", explanation=" ")], ["answer 2 is not explained. Say why it is right, or why it is not."]),
        ([option(), option(" BROKERS ")], ["“BROKERS” stands there twice. Change one of them, or take it out."]),
        ([option(), option("\u200b")], ["answer 2 is empty. Write it, or take it out."]),
        ([option(), option("Neighbors", explanation="See [@rl4].")], ["“[@rl4]” is no citation. A key is two capital letters and a number: [@RL04]."]),
        ([option(), option("Neighbors", explanation="# \n\nx")], ["a heading in the text is empty. Write what comes below it, or take it out."]),
    ],
)  # fmt: skip
def test_a_check_asks_for_a_right_answer_reasons_and_no_two_alike(options, found):
    assert [words for _field, words in problems("check", options=options)] == found


def test_a_check_asks_for_its_question():
    assert problems("check", question="  ") == [("question", "the question is missing. Write it.")]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"groups": ["Here", "There", "here"]}, [("groups", "“here” stands there twice. Change one of them, or take it out.")]),
        ({"cases": [case(), case("A bad form", "3")]}, [("cases", "case 2 is in no group: “3” is neither the name nor the number of one.")]),
        ({"cases": [case(), case("A bad form", "0")]}, [("cases", "case 2 is in no group: “0” is neither the name nor the number of one.")]),
        ({"cases": [case(), case("A bad form", "²")]}, [("cases", "case 2 is in no group: “²” is neither the name nor the number of one.")]),
        ({"cases": [case(), case("A bad form", "9" * 70)]}, [("cases", f"case 2 is in no group: “{'9' * 70}” is neither the name nor the number of one.")]),
        ({"cases": [case(), case("A bad form", "2", "")]}, [("cases", "case 2 is not explained. Say why it belongs there.")]),
        ({"cases": [case(), case()]}, [("cases", "“A curt answer” stands there twice. Change one of them, or take it out.")]),
    ],
)  # fmt: skip
def test_a_sorting_asks_for_groups_with_names_and_a_place_for_every_case(changes, found):
    groups = {"groups": ["Here", "There"]}

    assert (
        problems("sorting", **{**groups, "cases": [case(), case("A bad form")], **changes}) == found
    )


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ([person(**{"1": "Far"}), person("Bo", **{"1": "Far"})], [("stages", "the stage “At the desk” is empty for everybody. Write what somebody meets there, or take it out.")]),
        ([person(**{"1": "Far", "2": "Slow"}), person("Bo", **{"1": " "})], [("people", "Bo meets nothing at any stage. Write what stands in the way or helps, or take the person out.")]),
        ([person(**{"1": "Far", "2": "Slow"}), person("Bo", **{"5": "x", "1": "y"})], [("people", "Bo has something at “5”, which is neither the name nor the number of a stage.")]),
        ([person(**{"1": "Far", "2": "Slow"}), person("Bo", **{"1": "x", "getting there": "y"})], [("people", "Bo has the stage “Getting there” twice. Put both into one.")]),
        ([person(**{"1": "Far", "2": "Slow"}), person("ada", **{"1": "x"})], [("people", "“ada” stands there twice. Change one of them, or take it out.")]),
    ],
)  # fmt: skip
def test_a_map_asks_that_no_person_and_no_stage_is_empty(people, found):
    assert problems("understanding", people=people) == found


def test_a_stage_stands_once():
    stages = ["Getting there", "At the desk", "At the Desk"]

    assert ("stages", "“At the Desk” stands there twice. Change one of them, or take it out.") in problems("understanding", stages=stages)  # fmt: skip


def test_publishing_says_at_which_part_and_a_draft_keeps_everything(cast):
    lesson, _block = lesson_with("check")
    wrong = {**CHECK, "options": [option(right=False, explanation=""), option("x", right=False)]}
    with_blocks(lesson, {"type": "check", "value": wrong}).save_revision(clean=False)

    draft = draft_of(lesson)

    place = len(draft.body)
    assert problems_of(draft) == [
        f"Body, part {place} (Knowledge check): no answer is marked as right. Mark one, or several.",
        f"Body, part {place} (Knowledge check): answer 1 is not explained. Say why it is right, or why it is not.",
    ]


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("check", {"options": [option()]}, "The minimum number of items is 2"),
        ("check", {"options": [option(str(number)) for number in range(9)]}, "The maximum number of items is 8"),
        ("sorting", {"groups": ["One"], "cases": [case(), case("x")]}, "The minimum number of items is 2"),
        ("sorting", {"groups": list("abcdef")}, "The maximum number of items is 5"),
        ("sorting", {"cases": [case(str(number)) for number in range(13)]}, "The maximum number of items is 12"),
        ("understanding", {"people": [person(str(n), **{"1": "x", "2": "y"}) for n in range(7)]}, "The maximum number of items is 6"),
    ],
)  # fmt: skip
def test_too_few_and_too_many_are_said_at_their_list(cast, kind, changes, words):
    lesson, _block = lesson_with("check")
    with_blocks(lesson, {"type": kind, "value": {**block_values()[kind], **changes}})

    assert [one for one in problems_of(lesson) if words in one] != []


def block_values():
    return {"check": CHECK, "sorting": SORTING, "understanding": UNDERSTANDING}


def test_an_edition_says_every_word_in_the_order_of_the_block(cast):
    said = {}
    for kind, value in block_values().items():
        block, value = block_of(kind, value)
        said[kind] = block.plain(value, {}).splitlines()

    assert said == {
        "check": [
            "Who held the pencil?",
            "Right: Brokers", "HOLC said so.",
            "Not this one: Neighbors", "They are not named.",
            "Right: Lenders", "They are named too.",
        ],
        "sorting": [
            "Where does each begin?", "Between people", "In an organization",
            "Between people: A curt answer", "One says it to another.",
            "In an organization: A bad form", "It is a rule.",
        ],
        "understanding": [
            "Ada and Bo need the same clinic, in a town that we invented.", "Getting there", "At the desk",
            "Ada: Drives.", "Ada, Getting there, support: A car", "Ada, At the desk, barrier: A long form",
            "Ada, At the desk, who holds the key: The clinic",
            "Bo, Getting there, barrier: Two buses", "Bo, Getting there, who holds the key: The city",
        ],
    }  # fmt: skip


def test_another_right_answer_makes_another_edition(cast):
    lesson, block = lesson_with("check")
    before = Edition.objects.filter(lesson_key=lesson.translation_key).count()

    stored = lesson.body.get_prep_value()
    stored[-1]["value"]["options"][1]["value"]["right"] = True
    lesson.body = type(lesson)._meta.get_field("body").to_python(stored)
    lesson.save_revision().publish()

    editions = Edition.objects.filter(lesson_key=lesson.translation_key)
    assert editions.count() == before + 1
    words = dict(editions.order_by("number").last().texts)[block]
    assert "Right: Neighbors" in words


def test_what_they_cite_is_a_source_of_the_lesson(cast):
    block, value = block_of("check", CHECK)

    assert list(block.cited(value)) == ["RL04", "RL04"]


def typed_check(*options):
    """What an editor's browser sends of a check with these options."""
    return {"question": "Who held the pencil [@RL04]?", "options": streamfield([("item", one) for one in options])}  # fmt: skip


def test_an_editor_is_told_in_the_form_and_finds_what_was_typed(as_, cast):
    lesson, rui = short_lesson(), as_("rui")
    lesson.save_revision().publish()
    wrong = typed_check(
        {"text": "Brokers", "explanation": "HOLC said so."},
        {"text": "Neighbors", "explanation": "They are not named."},
    )
    data = typed(rui, lesson, ("check", wrong), **{"action-publish": "1"})

    page = rui.post(edit_address(lesson), data)

    assert page.status_code == 200
    sentence = "Body, part 1 (Knowledge check): no answer is marked as right. Mark one, or several."
    assert sentence in page.text
    assert "They are not named." in page.text


def test_an_editor_publishes_a_check(as_, cast):
    lesson, rui = short_lesson(), as_("rui")
    lesson.save_revision().publish()
    right = typed_check(
        {"text": "Brokers", "right": "on", "explanation": "HOLC said so."},
        {"text": "Neighbors", "explanation": "They are not named."},
    )
    data = typed(rui, lesson, ("check", right), **{"action-publish": "1"})

    answer = rui.post(edit_address(lesson), data)

    assert answer.status_code == 302
    (part,) = type(lesson).objects.get(pk=lesson.pk).body
    assert [option["right"] for option in part.value["options"]] == [True, False]


DIRECTIVES = """
::: check
question: Who held the pencil [@BR01]?
options:
  - text: Brokers
    right: true
    explanation: They did [@BR01].
  - text: Neighbors
    explanation: They did not.
:::

::: sorting
task: Where does each begin?
groups:
  - Here
  - There
cases:
  - text: One
    group: 1
    explanation: So.
  - text: Two
    group: there
    explanation: So too.
:::

::: understanding
scenario: Two people of an invented town.
stages: [Going, Coming]
people:
  - name: Ada
    about: Drives.
    cells:
      - stage: 1
        barrier: A hill
      - stage: Coming
        support: A friend
  - name: Bo
    cells:
      - stage: 2
        key: The city
:::
"""


@pytest.fixture
def folder(tmp_path):
    made = make_folder(tmp_path)
    (made / LESSON_FILE).write_text(LESSON + DIRECTIVES)
    return made


def test_a_file_writes_all_three_and_a_second_run_finds_nothing_new(folder):
    load(folder)

    again = load(folder)

    check, sorting, understanding = [part.value for part in the_lesson().body][4:7]
    assert [option["right"] for option in check["options"]] == [True, False]
    assert [group for _case, group in sorting.sorted_cases] == ["Here", "There"]
    assert [person.barriers for person in understanding.map.people] == [1, 0]
    assert again.unchanged == ["07-bridges/module.md", LESSON_FILE]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[@BR01].\n  - text: Neighbors", "[@ZZ99].\n  - text: Neighbors", "line 28: it cites ZZ99, which is no fact and not among its sources."),
        ("    explanation: They did not.\n", "", "line 29: this one of “options” has no explanation."),
        ("right: true", "right: maybe", "line 27: “right” is yes or no."),
        ("    right: true\n", "", "line 23: no answer is marked as right. Mark one, or several."),
        ("text: Neighbors", "txt: Neighbors", "line 29: “txt” is not known here. Did you mean “text”?"),
        ("stages: [Going, Coming]", "stages: Going", "line 49: “stages” must be a list."),
        ("stages: [Going, Coming]", "stages: [Going, 2]", "line 49: each of “stages” must be words. Put them in quotes if they look like something else."),
        ("group: there", "group: nowhere", "line 33: case 2 is in no group: “nowhere” is neither the name nor the number of one."),
        ("      - stage: 2\n        key: The city", "      - Coming", "line 60: names with values were expected here."),
    ],
)  # fmt: skip
def test_a_file_with_a_mistake_is_refused_at_its_line(folder, old, new, sentence):
    text = (folder / LESSON_FILE).read_text()
    assert text.count(old) == 1
    (folder / LESSON_FILE).write_text(text.replace(old, new))

    with pytest.raises(StarterRefused) as refusal:
        load(folder)

    assert str(refusal.value) == f"07-bridges/01-the-bridge.md, {sentence}"
