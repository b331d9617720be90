"""The blocks of a lesson: what an editor sees of each, and what a reader gets."""

import json
from uuid import uuid4

import pytest
from wagtail.blocks import Block

from core import doors
from curriculum.blocks import LessonBlocks
from curriculum.glossary.models import Term
from curriculum.models import LessonPage

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
        "discussion", "commitment", "map", "sources",
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
    assert equity.definition in page


def test_words_in_a_sentence_lead_to_a_term(nobody, lesson):
    publish_with(lesson, {"type": "markdown", "value": "We speak of [fair shares](term:equity)."})

    assert '<a class="term" href="/glossary/equity/">fair shares</a>' in nobody.get(ADDRESS).text


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
    monkeypatch.setattr(doors, "_offers", {**doors._offers})
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
