"""What must be true before a lesson is published, whoever asks for it: Rui's form, the loader or the clock."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Revision

from curriculum.models import LessonPage, RedliningMap
from curriculum.readiness import problems_of
from curriculum.schedule import publish_due
from tests.curriculum.editing import (
    draft_of,
    edit_address,
    numbers_of,
    publish,
    short_lesson,
    typed,
    with_blocks,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SOURCE = {"key": "XX01", "author": "", "title": "Minutes", "publisher": "", "year": "", "url": "", "checked": "", "confidence": "high"}  # fmt: skip
IMAGE = "the first picture"

#: A block, what is said of it, and the words at the field of the form where Wagtail says it there.
NOT_READY = [
    ("figure", {"image": {"image": IMAGE, "decorative": True, "alt_text": ""}, "caption": "c", "source": ""},
     "the picture is marked as decoration, but a figure says something. Take the mark away and write the "
     "alternative text: what the picture shows.", ""),
    ("figure", {"image": {"image": IMAGE, "decorative": False, "alt_text": ""}, "caption": "c", "source": ""},
     "the alternative text is missing. Say what the picture shows.", "Please add some alt text"),
    ("figure", {"image": {"image": IMAGE, "decorative": False, "alt_text": "\u200b"}, "caption": "c", "source": ""},
     "the alternative text is missing. Say what the picture shows.", ""),
    ("markdown", "## \n\nWords.", "a heading in the text is empty. Write what comes below it, or take it out.", ""),
    ("markdown", "### **&nbsp;**\n\nWords.", "a heading in the text is empty. Write what comes below it, or take it out.", ""),
    ("markdown", "#### [@RL04]\n\nWords.", "a heading in the text is empty. Write what comes below it, or take it out.", ""),
    ("care", {"text": "Heavy.", "short_path": "#\n\nWords."},
     "a heading in the text is empty. Write what comes below it, or take it out.", ""),
    ("markdown", "| Grade | |\n|---|---|\n| D | 7 |", "a header cell of the table is empty. Say what its column holds.", ""),
    ("reflection", {"text": "| | Grade |\n|---|---|\n| D | 7 |"},
     "a header cell of the table is empty. Say what its column holds.", ""),
    ("markdown", "It was so [@rl04].", "“[@rl04]” is no citation. A key is two capital letters and a number: [@RL04].", ""),
    ("rich_text", "<p>It was so [@ZZ99].</p>", "the text cites ZZ99, which is neither a fact nor among the lesson’s own sources.", ""),
    ("quotation", {"text": "x", "attribution": "", "source": "RL04"}, "This field is required.", "This field is required."),
]  # fmt: skip


@pytest.fixture
def lesson(cast):
    return short_lesson()


def block_of(kind, value):
    """The block with a picture of the library where the story names one."""
    if kind == "figure":
        image = get_image_model().objects.first().pk
        value = {**value, "image": {**value["image"], "image": image}}
    return {"type": kind, "value": value}


def scheduled(draft):
    """The draft with a time that has come."""
    past = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=draft.pk).update(approved_go_live_at=past)


@pytest.mark.parametrize(("kind", "value", "words", "_at_field"), NOT_READY)
def test_loader_and_clock_refuse_it_and_name_the_place(lesson, kind, value, words, _at_field):
    with_blocks(lesson, block_of(kind, value))

    with pytest.raises(ValidationError) as refusal:
        publish(lesson)
    scheduled(lesson.get_latest_revision())
    by_the_clock = publish_due(now=timezone.now())

    (sentence,) = refusal.value.messages
    assert sentence.startswith("Body, part 2 (")
    assert sentence.endswith(f"): {words}")
    assert by_the_clock.refused == [("Grading a city", [sentence])]
    assert by_the_clock.published == []
    assert numbers_of(lesson) == [1]
    assert "It was so" not in str(LessonPage.objects.get(pk=lesson.pk).body.raw_data)
    assert len(draft_of(lesson).body) == 2


@pytest.mark.parametrize(("kind", "value", "words", "at_field"), NOT_READY)
def test_the_form_refuses_it_at_the_field_and_saves_the_draft(
    as_, lesson, kind, value, words, at_field
):
    rui = as_("rui")
    block = block_of(kind, value)
    form = typed(rui, lesson, ("markdown", "It was so [@RL04]."), (kind, block["value"]))

    refused = rui.post(edit_address(lesson), {**form, "action-publish": "1"})
    saved = rui.post(edit_address(lesson), form)

    errors = refused.context["form"].errors["body"].as_data()
    if at_field:
        assert at_field in refused.text
        assert len(errors) == 1
    else:
        assert [one for error in errors for one in error.messages] == [
            f"Body, part 2 ({block_label(kind)}): {words}"
        ]
    assert numbers_of(lesson) == [1]
    assert saved.status_code == 302
    assert len(draft_of(lesson).body) == 2


def block_label(kind):
    return LessonPage._meta.get_field("body").stream_block.child_blocks[kind].label


BAD_SOURCES = [
    {**SOURCE, "title": ""},
    {**SOURCE, "key": "bridge", "url": "javascript:alert(1)", "confidence": "sure"},
]


def test_a_source_that_no_form_has_seen_is_checked_value_by_value(lesson):
    with_blocks(lesson, {"type": "sources", "value": [{"type": "item", "value": one, "id": str(at)} for at, one in enumerate(BAD_SOURCES)]})  # fmt: skip

    assert problems_of(lesson) == [
        "Body, part 2 (Sources, Source 1, Title): This field is required.",
        "Body, part 2 (Sources, Source 2, Key): Enter a valid value.",
        "Body, part 2 (Sources, Source 2, Address): Enter a valid URL.",
        "Body, part 2 (Sources, Source 2, Confidence): Select a valid choice. sure is not one of the available choices.",
    ]


def test_a_draft_keeps_even_what_no_field_takes(as_, lesson):
    rui = as_("rui")
    form = typed(rui, lesson, ("sources", BAD_SOURCES), ("sources", []))

    refused = rui.post(edit_address(lesson), {**form, "action-publish": "1"})
    saved = rui.post(edit_address(lesson), form)

    assert refused.status_code == 200
    assert [words in refused.text for words in ("Enter a valid URL.", "Enter a valid value.")] == [True, True]  # fmt: skip
    assert saved.status_code == 302
    kept = draft_of(lesson).body
    assert [source["key"] for source in kept[0].value] == ["XX01", "bridge"]
    assert len(kept) == 2
    assert numbers_of(lesson) == [1]


def test_a_draft_with_what_no_database_takes_is_refused_at_the_field(as_, lesson):
    rui = as_("rui")

    answer = rui.post(edit_address(lesson), typed(rui, lesson, ("markdown", "a\x00b")))

    assert answer.status_code == 200
    assert "Null characters are not allowed." in answer.text


def test_one_map_one_list_of_sources_and_each_key_once(lesson):
    same = [{"type": "item", "value": SOURCE, "id": str(at)} for at in range(2)]
    shown = {"map": str(RedliningMap.objects.first().pk), "caption": "c"}

    with_blocks(
        lesson,
        {"type": "map", "value": shown},
        {"type": "map", "value": shown},
        {"type": "sources", "value": same},
    )

    assert problems_of(lesson) == [
        "Body: Redlining map: The maximum number of items is 1",
        "Body, part 4 (Sources): the key XX01 stands at two sources. Give one of them another.",
    ]


def test_a_source_has_no_sentence_to_say(lesson):
    source = {"type": "item", "value": SOURCE, "id": "1"}

    with_blocks(lesson, {"type": "sources", "value": [source]}, {"type": "markdown", "value": "So: [=XX01]"})  # fmt: skip

    assert problems_of(lesson) == [
        "Body, part 3 (Markdown): [=XX01] says a fact’s sentence, but XX01 is a source. Cite it: [@XX01]."
    ]


def test_html_that_the_editor_cannot_write_is_not_published(lesson):
    text = '<p onclick="x()">Hello.</p><script>alert(1)</script><img src=x onerror=alert(1)>'

    with_blocks(lesson, {"type": "rich_text", "value": text})

    assert problems_of(lesson) == [
        "Body, part 2 (Text): the text holds <img>, which we do not show. Take it out.",
        "Body, part 2 (Text): the text holds <script>, which we do not show. Take it out.",
    ]


def test_what_the_starter_lessons_hold_is_ready(cast):
    assert {lesson.slug: problems_of(lesson) for lesson in LessonPage.objects.all()} == {
        slug: [] for slug in LessonPage.objects.values_list("slug", flat=True)
    }
