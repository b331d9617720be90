"""Trying something in a lesson: who may, what is said, and that nothing of it stays anywhere."""

import html
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from curriculum.models import LessonPage, ModulePage
from tests.curriculum.editing import with_blocks
from tests.curriculum.trying import CHECK, UNDERSTANDING, VALUES, address_of, block_of, lesson_with

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LESSON = "/learn/how-redlining-worked/grading-a-city/"
SECRET = "quiet heron under the bridge"


def region(page, block):
    """The text of the block on a page, its tags taken out."""
    part = page.split(f'id="block-{block}"')[1].split("</section>")[0]
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", part)).split())


def closed_to_the_signed_out(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


# Who may try what.


def test_somebody_who_is_signed_out_tries_a_check(nobody, cast):
    _lesson, block = lesson_with("check")

    answer = nobody.post(address_of(block), {"choice": "2"})

    assert answer.status_code == 200
    said = region(answer.text, block)
    assert "Brokers ✓ Right HOLC said so" in said
    assert "Neighbors Not this one You chose this They are not named." in said
    assert "Lenders ✓ Right They are named too." in said
    assert f'href="{LESSON}#block-{block}"' in answer.text
    assert '<li id="source-RL04" value="' in answer.text


def test_nobody_counts(nobody, cast):
    _lesson, block = lesson_with("check")

    answer = nobody.post(address_of(block), {"choice": ["1", "3"]})

    words = region(answer.text, block).lower()
    assert [word for word in ("score", "point", "correct", "wrong", "%", " of 3", "1 of", "2 of") if word in words] == []  # fmt: skip


def test_a_member_tries_it_too(as_, cast):
    _lesson, block = lesson_with("check")

    assert "You chose this" in as_("dev").post(address_of(block), {"choice": "1"}).text


def test_the_lesson_gives_nothing_away_and_holds_no_token(nobody, cast):
    _lesson, block = lesson_with("check")

    page = nobody.get(LESSON)

    part = page.text.split(f'id="block-{block}"')[1].split("</section>")[0]
    assert (
        f'<form class="flow" method="post" action="{address_of(block)}" data-answers-form>' in part
    )
    assert [word in part for word in ("HOLC said so", "They are not named", "csrf", "Right")] == [False] * 4  # fmt: skip
    assert page.cookies == {}


def test_the_address_leads_who_only_looks_to_the_lesson(nobody, cast):
    _lesson, block = lesson_with("check")

    answer = nobody.get(address_of(block) + "?choice=1")

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{LESSON}#block-{block}"


@pytest.mark.parametrize(
    "address",
    [
        f"{LESSON}try/00000000-0000-0000-0000-000000000000/",
        f"{LESSON}try/x/",
        "/learn/how-redlining-worked/no-such-lesson/try/x/",
        "/learn/no-such-module/grading-a-city/try/x/",
    ],
)
def test_what_is_not_there_is_the_404_of_a_lesson(nobody, cast, address):
    def without_what_differs(answer):
        return re.sub(r"[0-9a-f]{12}|next=[^\"]*", "", answer.text)

    missing = nobody.get("/learn/how-redlining-worked/no-such-lesson/")
    for answer in (nobody.get(address), nobody.post(address, {"choice": "1"})):
        assert answer.status_code == 404
        assert without_what_differs(answer) == without_what_differs(missing)


def test_a_block_that_asks_nothing_is_none_to_try(nobody, cast):
    lesson = LessonPage.objects.get(slug="grading-a-city")
    text = next(part for part in lesson.body if part.block_type == "markdown")

    assert nobody.post(address_of(text.id)).status_code == 404


def test_a_draft_and_a_module_that_was_taken_back_are_not_there(nobody, as_, cast):
    lesson, block = lesson_with("check")
    draft = with_blocks(lesson, {"type": "check", "value": CHECK, "id": "draft"})
    draft.save_revision()
    assert as_("rui").post(address_of("draft"), {"choice": "1"}).status_code == 404

    ModulePage.objects.get(slug="how-redlining-worked").unpublish()

    for client in (nobody, as_("dev")):
        assert client.post(address_of(block), {"choice": "1"}).status_code == 404


def test_a_cohorts_lesson_is_tried_by_members_and_what_others_typed_is_not_lost(nobody, as_, cast):
    lesson, block = lesson_with("understanding")
    closed_to_the_signed_out(lesson)

    inside = as_("dev").post(address_of(block), {"cell-1-1": SECRET})
    outside = nobody.post(address_of(block), {"cell-1-1": SECRET})
    looking = nobody.get(address_of(block))

    assert inside.status_code == 200
    assert SECRET in inside.text
    assert outside.status_code == 403
    assert SECRET in outside.text
    assert "A long form" not in outside.text  # what the authors say
    assert "Sign in (opens a new tab)" in outside.text
    assert outside.headers["Cache-Control"] == "private, no-store"
    assert looking.status_code == nobody.get(LESSON).status_code == 302
    assert "/account/login/" in looking.headers["Location"]


def test_a_lesson_for_a_group_is_for_nobody(as_, cast):
    lesson, block = lesson_with("check")
    PageViewRestriction.objects.create(page=lesson, restriction_type="groups")

    assert as_("rui").post(address_of(block), {"choice": "1"}).status_code == 404


def test_another_sites_form_gets_the_lesson_and_nothing_of_what_it_held(nobody, cast):
    """Row B13: words that a person never typed are not shown as theirs."""
    _lesson, block = lesson_with("understanding")

    answer = nobody.post(
        address_of(block), {"cell-1-1": SECRET}, HTTP_ORIGIN="https://evil.example"
    )

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{LESSON}#block-{block}"


# What is said.


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("check", "Nothing is chosen yet. Choose an answer, then press the button again."),
        ("sorting", "Nothing is sorted yet. Put one case into a group, or as many as you like."),
    ],
)
def test_nothing_chosen_is_a_sentence_and_the_form_stays(nobody, cast, kind, sentence):
    _lesson, block = lesson_with(kind)

    answer = nobody.post(address_of(block), {})

    assert answer.status_code == 200
    assert sentence in region(answer.text, block)
    assert f'action="{address_of(block)}"' in answer.text
    assert "One says it to another" not in answer.text


def test_one_right_answer_is_a_choice_of_one(nobody, cast):
    one = {**CHECK, "options": CHECK["options"][:2]}
    _lesson, block = lesson_with("check", one)

    part = nobody.get(LESSON).text.split(f'id="block-{block}"')[1].split("</section>")[0]

    assert part.count('type="radio"') == 2
    assert "Choose one." in part


def test_several_right_answers_are_boxes(nobody, cast):
    _lesson, block = lesson_with("check")

    part = nobody.get(LESSON).text.split(f'id="block-{block}"')[1].split("</section>")[0]

    assert part.count('type="checkbox"') == 3
    assert "Choose all that apply." in part


def test_a_sorting_says_where_each_was_put_and_leaves_open_what_was_left_out(nobody, cast):
    _lesson, block = lesson_with("sorting")

    first = nobody.post(address_of(block), {"case-1": "2"})
    second = nobody.post(address_of(block), {"case-1": "2", "case-2": "2"})

    said = region(first.text, block)
    assert "A curt answer You put it at In an organization We would put it at Between people One says" in said  # fmt: skip
    assert "Still open A bad form" in said
    assert "It is a rule." not in said
    assert '<input type="hidden" name="case-1" value="2">' in first.text
    assert first.text.count('type="radio" name="case-2"') == 2
    assert "It belongs there too, we think In an organization It is a rule." in region(second.text, block)  # fmt: skip
    assert "Show these too" not in second.text


def test_five_groups_are_a_list_to_choose_from(nobody, cast):
    groups = ["One", "Two", "Three", "Four", "Five"]
    case = {"text": "A case", "group": "5", "explanation": "So."}
    value = {"task": "Sort.", "groups": groups, "cases": [case, {**case, "text": "Another"}]}
    _lesson, block = lesson_with("sorting", value)

    part = nobody.get(LESSON).text.split(f'id="block-{block}"')[1].split("</section>")[0]

    assert part.count("<select") == 2
    assert 'type="radio"' not in part
    assert "You put it at Five" in region(nobody.post(address_of(block), {"case-1": "5"}).text, block)  # fmt: skip


def test_a_map_is_compared_without_a_word(nobody, cast):
    _lesson, block = lesson_with("understanding")

    answer = nobody.post(address_of(block), {})

    said = region(answer.text, block)
    assert "Ada at 1 stage of 2 Bo at 1 stage of 2" in said
    assert "Ada nothing A car –" in said
    assert "Bo Two buses – The city" in said
    assert "What you wrote" not in said
    assert "Back to what you wrote" not in said


def test_what_was_written_stands_beside_the_map_and_comes_back_whole(nobody, cast):
    _lesson, block = lesson_with("understanding")
    written = "Two lines,\n<b>the \"second\"</b> & 'more'"

    compared = nobody.post(address_of(block), {"cell-2-1": written, "cell-2-2": SECRET})
    back = nobody.post(address_of(block), {"cell-2-1": written, "cell-2-2": SECRET, "back": "1"})

    escaped = html.escape(written)
    assert f'<input type="hidden" name="cell-2-1" value="{escaped}">' in compared.text
    assert escaped.replace("\n", "<br>") in compared.text
    assert f">{escaped}</textarea>" in back.text
    assert f">{SECRET}</textarea>" in back.text
    assert "Two buses" not in back.text


def test_a_text_that_is_too_long_is_said_and_not_cut(nobody, cast):
    _lesson, block = lesson_with("understanding")
    long = "a" * 1001

    refused = nobody.post(address_of(block), {"cell-1-1": long, "cell-1-2": SECRET})
    taken = nobody.post(address_of(block), {"cell-1-1": long[1:]})

    assert "One of your texts is longer than 1,000 letters." in refused.text
    assert f">{long}</textarea>" in refused.text
    assert f">{SECRET}</textarea>" in refused.text
    assert f">{long[1:]}</td>" in taken.text


def test_a_block_that_was_changed_meanwhile_is_shown_as_it_stands_and_keeps_the_words(nobody, cast):
    _lesson, block = lesson_with("understanding")

    answer = nobody.post(
        address_of(block), {"mark": "0" * 12, "cell-1-1": SECRET, "cell-7-7": "for one who is gone"}
    )

    assert "This part of the lesson was changed after you had opened it." in answer.text
    assert f">{SECRET}</textarea>" in answer.text
    assert "for one who is gone" in answer.text


@pytest.mark.parametrize(
    "value",
    ["\x00", "'\"\\;--", "9" * 400, "-1", "0", "1e999", "٣", "\ufeff\u202e", "<script>alert(1)</script>", "é" * 3000],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["check", "sorting", "understanding"])
def test_nasty_values_are_plain_answers(nobody, cast, kind, value):
    _lesson, block = lesson_with(kind)
    names = ("choice", "case-1", "case-99", "cell-1-1", "cell-", "mark", "back")

    answer = nobody.post(address_of(block), dict.fromkeys(names, value))

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_body_that_is_too_large_is_refused(nobody, cast):
    _lesson, block = lesson_with("understanding")

    assert nobody.post(address_of(block), {"cell-1-1": "a" * 3_000_000}).status_code == 400
    assert nobody.post(address_of(block), {f"cell-{n}": "a" for n in range(2_001)}).status_code == 400  # fmt: skip


# What stays: nothing.

WRITES = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT")


@pytest.mark.parametrize("person", [None, "dev"])
def test_nothing_is_written_anywhere(nobody, as_, cast, caplog, person):
    _lesson, block = lesson_with("understanding")
    client = as_(person) if person else nobody
    client.get(LESSON)
    sessions = set(Session.objects.values_list("session_key", "session_data"))
    with (
        caplog.at_level(logging.DEBUG),
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        answer = client.post(address_of(block), {"cell-1-1": SECRET, "choice": SECRET})

    assert SECRET in answer.text
    written = [one["sql"] for one in [*main, *keys] if one["sql"].startswith(WRITES)]
    assert written == []
    assert [one["sql"] for one in [*main, *keys] if "heron" in one["sql"]] == []
    assert set(Session.objects.values_list("session_key", "session_data")) == sessions
    assert set(answer.cookies) == (
        {"csrftoken"} if person else set()
    )  # that of the menu behind one's initials
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert [line for line in caplog.messages if "heron" in line or block in line] == []


def test_an_answer_costs_the_same_for_a_small_block_and_a_large_one(
    nobody, cast, django_assert_num_queries
):
    _lesson, small = lesson_with("understanding")
    people = [{**UNDERSTANDING["people"][0], "name": f"Person {n}"} for n in range(6)]
    _lesson, large = lesson_with("understanding", {**UNDERSTANDING, "people": people})
    for block in (small, large):
        nobody.get(LESSON)
        nobody.post(address_of(block))
        with django_assert_num_queries(2):  # the version of what is published; the facts
            nobody.post(address_of(block))


def test_a_preview_shows_the_form_and_sends_it_nowhere(as_, cast):
    lesson, _block = lesson_with("check")
    with_blocks(lesson, {"type": "sorting", "value": {"task": "", "groups": [], "cases": []}})
    lesson.save_revision(clean=False)

    page = as_("rui").get(f"/admin/pages/{lesson.pk}/view_draft/")

    assert page.status_code == 200
    assert "/try/" not in page.text
    assert page.text.count('<button class="btn" disabled>') >= 2


@pytest.mark.parametrize("kind", ["check", "sorting", "understanding"])
def test_on_the_print_page_the_question_stands_alone_and_the_explanation_by_itself(cast, kind):
    block, value = block_of(kind, VALUES[kind])
    given = {"value": value, "numbers": None, "facts": None, "part": None}

    asked = render_to_string(f"curriculum/paper/{kind}.html", given)
    told = render_to_string(f"curriculum/paper/{kind}_explained.html", given)

    secrets = {
        "check": ["HOLC said so", "They are not named.", "They are named too."],
        "sorting": ["One says it to another.", "It is a rule."],
        "understanding": ["A car", "A long form", "Two buses", "The clinic", "The city"],
    }[kind]
    assert [words for words in secrets if words in asked] == []
    assert [words for words in secrets if words not in told] == []
    assert block.told == f"curriculum/answers/{kind}.html"
