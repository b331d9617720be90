"""The blocks of a lesson: what an editor sees of each, and what a reader gets."""

import json
import re
from datetime import date
from uuid import uuid4

import pytest
from wagtail.blocks import Block

from core import doors
from curriculum.blocks import LessonBlocks
from curriculum.glossary.models import Term
from curriculum.models import Fact, LessonPage
from tests.curriculum.editing import with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ADDRESS = "/learn/how-redlining-worked/grading-a-city/"


@pytest.fixture
def lesson(cast):
    return LessonPage.objects.get(slug="grading-a-city")


def publish_with(lesson, *blocks):
    """Publish the lesson with these blocks at its end; returns the id of the first."""
    added = [{"id": str(uuid4()), **block} for block in blocks]
    raw = [dict(one) for one in lesson.body.raw_data] + added
    lesson.body = LessonPage._meta.get_field("body").to_python(raw)
    lesson.save_revision().publish()
    return added[0]["id"]


def lesson_blocks():
    """The blocks as the lesson's field holds them."""
    return LessonPage._meta.get_field("body").stream_block.child_blocks


def test_the_kinds_of_block_that_a_lesson_can_hold():
    assert list(LessonBlocks().child_blocks) == [
        "heading", "rich_text", "markdown", "quotation", "figure", "fact", "term", "care", "reflection",
        "discussion", "commitment", "map", "check", "sorting", "understanding", "chart", "timeline", "then_now", "worksheet",
        "media", "facilitator", "sources",
    ]  # fmt: skip


def test_each_block_has_an_icon_a_label_words_of_help_and_a_preview_in_our_look(as_, cast):
    rui = as_("rui")

    for name, block in lesson_blocks().items():
        assert block.meta.icon not in ("placeholder", None), name
        assert str(block.get_description()).endswith("."), name
        assert block.is_previewable, name
        Block.definition_registry[block.definition_prefix] = block
        page = rui.get(f"/admin/block-preview/?id={block.definition_prefix}")
        assert page.status_code == 200, name
        assert "css/pages" in page.text, name


def test_a_term_stands_in_the_lesson_with_its_definition_and_leads_to_its_page(nobody, lesson):
    equity = Term.objects.get(slug="equity")

    publish_with(lesson, {"type": "term", "value": {"term": str(equity.pk)}})

    page = nobody.get(ADDRESS).text
    assert '<dfn><a href="/glossary/equity/">Equity</a></dfn>' in page
    assert equity.in_force.get(language="en").version.definition in page


def test_words_in_a_sentence_lead_to_a_term(nobody, lesson):
    publish_with(lesson, {"type": "markdown", "value": "We speak of [fair shares](term:equity)."})

    assert '<a class="term" href="/glossary/equity/">fair shares</a>' in nobody.get(ADDRESS).text


def test_citations_are_shown_in_the_editors_own_text_and_below_pictures(nobody, lesson):
    publish_with(
        lesson,
        {"type": "rich_text", "value": "<p>So <b>it</b> was [@RL12].</p>"},
        {"type": "quotation", "value": {"text": "Shut out [@RL12]", "attribution": "x", "source": "RL12"}},
        {"type": "heading", "value": "What came next [@RL12]"},
    )  # fmt: skip

    page = nobody.get(ADDRESS).text

    cited = r'<sup class="cite"><a href="#source-RL12" aria-label="Source \d+">\d+</a></sup>'
    for words in (r"<p>So <strong>it</strong> was", r"<p>Shut out", r"<h2 [^<>]*>What came next"):
        assert len(re.findall(words + cited, page)) == 1, words
    assert "[@RL12]" not in page


def test_what_did_not_come_through_the_editor_is_not_executed(nobody, lesson):
    html = (
        '<p onclick="x()">Hi <a href="javascript:alert(1)">there</a></p><script>alert(2)</script>'
    )
    source = {"key": "XX01", "title": "A trap", "url": "javascript:alert(3)", "confidence": "high"}
    with_blocks(
        lesson,
        {"type": "rich_text", "value": html},
        {"type": "sources", "value": [{"type": "item", "value": source, "id": "1"}]},
    )
    lesson.save(clean=False)  # as if somebody had written into the database

    page = nobody.get(ADDRESS).text

    assert "<p>Hi there</p>" in page
    assert "<cite>A trap</cite>" in page
    assert [words in page for words in ("onclick", "javascript:", "<script>")] == [False] * 3


def test_an_address_that_holds_brackets_stays_one(nobody, lesson):
    publish_with(lesson, {"type": "markdown", "value": "See https://example.org/[@RL12]/x [@RL12]."})  # fmt: skip

    assert 'href="https://example.org/<' not in nobody.get(ADDRESS).text


def test_what_we_are_less_sure_of_is_marked_in_the_sentence_and_at_its_number(nobody, lesson):
    fact = Fact.objects.get(key="RL12")
    fact.statement, fact.confidence = "It was said.", "medium"
    fact.save()

    publish_with(lesson, {"type": "markdown", "value": "Hear: [=RL12]\n\nAnd so [@RL12]."})

    page = nobody.get(ADDRESS).text
    said = 'Hear: It was said. <span class="tag signal">medium confidence</span><sup class="cite">'
    assert page.count(said) == 1
    assert len(re.findall(r'aria-label="Source \d+, medium confidence"', page)) >= 2
    assert re.search(
        r'id="source-RL12">.*?</cite>.*?<span class="tag signal">medium conf', page, re.DOTALL
    )


def test_a_source_says_when_its_fact_was_checked(nobody, lesson):
    Fact.objects.filter(key="RL12").update(checked_on=date(2026, 10, 2))

    publish_with(lesson, {"type": "markdown", "value": "So it was [@RL12]."})

    entry = nobody.get(ADDRESS).text.split('id="source-RL12">')[1].split("</li>")[0]
    assert "Checked on Oct. 2, 2026." in entry


def test_a_draft_without_its_picture_is_shown(as_, lesson):
    figure = {"image": {"image": None, "decorative": False, "alt_text": ""}, "caption": "c"}
    with_blocks(lesson, {"type": "figure", "value": figure}).save_revision(clean=False)

    assert as_("rui").get(f"/admin/pages/{lesson.pk}/view_draft/").status_code == 200


def test_an_editor_finds_a_term_in_the_chooser(as_, cast):
    found = as_("rui").get("/admin/term_chooser/results/?q=equity")

    assert found.status_code == 200
    assert "Equity" in found.text
    chosen = as_("rui").get(f"/admin/term_chooser/chosen/{Term.objects.get(slug='equity').pk}/")
    assert json.loads(chosen.text)["result"]["title"] == "Equity"


def test_a_prompt_is_words_alone_while_nobody_offers_a_place_for_the_answer(nobody, lesson):
    publish_with(
        lesson,
        {"type": "reflection", "value": {"text": "Whom would you ask?"}},
        {"type": "discussion", "value": {"text": "What did you hear?", "place": "caucus"}},
        {"type": "commitment", "value": {"text": "Change one line."}},
    )

    page = nobody.get(ADDRESS).text

    assert [words in page for words in ("Whom would you ask?", "What did you hear?", "Change one line.")] == [True] * 3  # fmt: skip
    assert "To talk about in a caucus" in page
    assert "<!--door-->" not in page


def test_a_door_knows_its_reader_and_its_block_though_the_body_is_kept_for_all(
    as_, nobody, lesson, monkeypatch
):
    monkeypatch.setattr(doors, "_offers", {name: [*rows] for name, rows in doors._offers.items()})
    doors.offer("reflect", reflect_here)
    block = publish_with(lesson, {"type": "reflection", "value": {"text": "Whom would you ask?"}})

    assert f"[Dev: {block}: Whom would you ask?]" in as_("dev").get(ADDRESS).text
    assert f"[Elu: {block}: Whom would you ask?]" in as_("elu").get(ADDRESS).text
    assert "Dev" not in nobody.get(ADDRESS).text


def reflect_here(*, request, lesson, block, prompt, **_given):
    """A place for the answer, for members."""
    if not request.user.is_authenticated:
        return None
    assert lesson.slug == "grading-a-city"
    return f"[{request.user.chosen_name.split()[0]}: {block}: {prompt}]"


def test_the_shorter_way_through_a_heavy_lesson_leads_to_its_end_and_counts(as_, lesson):
    page = as_("dev").get(ADDRESS).text

    assert "A shorter way" in page
    assert '<a href="#done">To the end of the lesson</a>' in page
    assert "Who takes the shorter way has done the lesson." in page
