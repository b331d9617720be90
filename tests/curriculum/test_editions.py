"""Editions and publishing: what a reader finished, what changed since, and what cannot be published by anybody."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Revision

from curriculum.actions import mark_done
from curriculum.changes import changes_between
from curriculum.models import Edition, Fact, LessonDone, LessonPage
from curriculum.readiness import problems_of
from curriculum.schedule import publish_due
from tests.curriculum.editing import short_lesson, with_blocks

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ADDRESS = "/learn/how-redlining-worked/grading-a-city/"


@pytest.fixture
def lesson(cast):
    return LessonPage.objects.get(slug="grading-a-city")


def with_text(lesson, change, index=0):
    """The lesson with one Markdown block changed, not saved."""
    raw = list(lesson.body.raw_data)
    blocks = [block for block in raw if block["type"] == "markdown"]
    blocks[index]["value"] = change(blocks[index]["value"])
    lesson.body = LessonPage._meta.get_field("body").to_python([dict(block) for block in raw])
    return lesson


def publish(lesson):
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


def editions(lesson):
    return list(Edition.objects.filter(lesson_key=lesson.translation_key))


def test_each_publish_writes_an_edition(lesson):
    publish(with_text(lesson, lambda text: text + " One more sentence."))

    assert [edition.number for edition in editions(lesson)] == [1, 2]
    assert "One more sentence." in editions(lesson)[1].texts[0][1]


def test_a_reader_who_finished_is_shown_the_sentences_that_changed(as_, cast, lesson):
    mark_done(lesson=lesson, by=cast["dev"])
    publish(with_text(lesson, lambda text: text.replace("It worked fast.", "It worked quickly.")))

    page = as_("dev").get(ADDRESS).text

    assert "since you finished" in page
    assert "<del>It worked fast.</del>" in page
    assert "<ins>It worked quickly.</ins>" in page
    assert page.count("Changed since you finished") == 1
    assert "You have finished this lesson" in page


def test_having_read_the_changes_is_one_press(as_, cast, lesson):
    mark_done(lesson=lesson, by=cast["dev"])
    lesson = publish(with_text(lesson, lambda text: text.replace("It worked fast.", "Changed.")))
    dev = as_("dev")
    assert "I have read the changes" in dev.get(ADDRESS).text

    dev.post(f"/progress/{lesson.translation_key}/", {"action": "done"})

    assert (
        LessonDone.objects.get(member=cast["dev"], lesson_key=lesson.translation_key).edition == 2
    )
    assert "since you finished" not in dev.get(ADDRESS).text


def test_who_has_not_finished_is_shown_no_changes(as_, nobody, lesson):
    publish(with_text(lesson, lambda text: text.replace("It worked fast.", "Changed.")))

    for client in (as_("elu"), nobody):
        assert "since you finished" not in client.get(ADDRESS).text


def test_having_finished_costs_nothing_until_something_is_new(
    as_, cast, lesson, django_assert_num_queries
):
    dev = as_("dev")
    dev.get(ADDRESS)
    with django_assert_num_queries(7):
        dev.get(ADDRESS)

    mark_done(lesson=lesson, by=cast["dev"])

    with django_assert_num_queries(7):
        dev.get(ADDRESS)


def test_an_edition_holds_words_and_no_marks(lesson):
    lesson = with_blocks(
        short_lesson(),
        {"type": "markdown", "value": "*Meant:* **fair** [play](https://example.org) [@RL04]. See [shares](term:equity).\n\n- One.\n- Two.\n\n### Three"},
        {"type": "rich_text", "value": "<p>Bold is <b>bold</b> [@RL04].</p><ul><li>Item</li></ul>"},
        {"type": "quotation", "value": {"text": "Five * six", "attribution": "A clerk", "source": "RL04"}},
        {"type": "care", "value": {"text": "**Heavy.**", "short_path": "The _last_ part."}},
    )  # fmt: skip

    publish(lesson)

    assert [text for _block, text in editions(lesson)[-1].texts] == [
        "It was so.",
        "Meant: fair play. See shares.\nOne.\nTwo.\nThree",
        "Bold is bold.\nItem",
        "Five * six\nA clerk",
        "Heavy.\nThe last part.",
    ]


def test_a_fact_stands_in_an_edition_as_the_reader_sees_it(lesson):
    fact = Fact.objects.get(key="CB03")
    card = {"type": "fact", "value": {"fact": fact.pk}}
    said = {"type": "markdown", "value": "Studies agree. [=CB03]"}
    Fact.objects.filter(key="CB03").update(
        figure="84 percent", unit="average markup", statement="Prices rose.", confidence="low"
    )

    publish(with_blocks(short_lesson(), card, said))

    assert [text for _block, text in editions(lesson)[-1].texts][1:] == [
        "84 percent average markup.\nPrices rose (low confidence).",
        "Studies agree. Prices rose (low confidence).",
    ]


def test_a_list_of_changes_parts_lines_as_it_parts_sentences():
    old = Edition(texts=[["a", "Heading\nOne is here. Two is there."]])
    new = Edition(texts=[["a", "Heading\nOne is here.\nItem\nTwo is there."]])

    assert [change.added for change in changes_between(old, new)] == [("Item",)]


def test_a_sentence_that_moved_is_not_new():
    old = Edition(texts=[["a", "One is here. Two is there."], ["b", "Three."]])
    new = Edition(texts=[["x", "Three."], ["y", "Two is there. One is here. Four came."]])

    changes = changes_between(old, new)

    assert [(change.added, change.removed, change.blocks) for change in changes] == [
        (("Four came.",), (), ("y",))
    ]


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ({"type": "heading", "value": " "}, "the heading is empty"),
        ({"type": "markdown", "value": "So it was [@ZZ99]."}, "cites ZZ99, which is neither"),
        ({"type": "quotation", "value": {"text": "x", "attribution": "y", "source": ""}}, "no source"),
        ({"type": "markdown", "value": "| Grade | |\n|---|---|\n| D | 7 |"}, "a header cell of the table is empty"),
        ({"type": "markdown", "value": "See [this](term:no-such-word)."}, "term “no-such-word”, which is not"),
        ({"type": "term", "value": {"term": "11111111-1111-4111-8111-111111111111"}}, "the term that it should show is gone"),
        ({"type": "reflection", "value": {"text": " "}}, "the prompt says nothing"),
        ({"type": "fact", "value": {"fact": 999_999}}, "the fact that it should show is gone"),
        ({"type": "figure", "value": {"image": None, "caption": "c"}}, "the picture is missing"),
    ],
)  # fmt: skip
def test_a_lesson_that_is_not_ready_is_refused_whoever_publishes_it(lesson, block, sentence):
    raw = [*lesson.body.raw_data, {**block, "id": "11111111-1111-4111-8111-111111111111"}]
    lesson.body = LessonPage._meta.get_field("body").to_python([dict(one) for one in raw])

    assert any(sentence in problem for problem in problems_of(lesson))
    revision = lesson.save_revision(clean=False)  # a draft saves
    with pytest.raises(ValidationError, match=r"Body|cites|leads to"):
        revision.publish()
    assert len(editions(lesson)) == 1
    assert [one.block_type for one in LessonPage.objects.get(pk=lesson.pk).body].count(
        "figure"
    ) == 0


def test_a_lesson_without_any_source_is_refused(lesson):
    lesson.body = LessonPage._meta.get_field("body").to_python(
        [{"type": "markdown", "value": "No source.", "id": "1"}]
    )

    assert problems_of(lesson) == [
        "Body: the lesson has no source. Cite a fact, like [@RL04], or list one."
    ]


def test_the_clock_publishes_what_is_ready_and_leaves_the_rest_a_draft(lesson):
    other = LessonPage.objects.get(slug="taken-twice")
    past = timezone.now() - timedelta(minutes=5)
    bad = with_text(lesson, lambda text: text + " [@ZZ99]").save_revision(clean=False)
    good = with_text(other, lambda text: text + " It was in the news.").save_revision()
    Revision.objects.filter(pk__in=[bad.pk, good.pk]).update(approved_go_live_at=past)

    done = publish_due(now=timezone.now())

    assert done.published == ["Taken twice: contracts, clearance and highways"]
    assert [title for title, _sentences in done.refused] == ["Grading a city"]
    assert len(editions(other)) == 2
    assert len(editions(lesson)) == 1
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_the_clock_takes_back_what_has_expired(nobody, lesson):
    assert nobody.get(ADDRESS).status_code == 200
    LessonPage.objects.filter(pk=lesson.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    publish_due(now=timezone.now())

    assert nobody.get(ADDRESS).status_code == 404
    assert LessonPage.objects.get(pk=lesson.pk).expired


def test_the_editor_is_told_at_the_field_and_the_draft_is_kept(as_, lesson):
    rui = as_("rui")
    page = rui.get(f"/admin/pages/{lesson.pk}/edit/")
    form = page.context["form"]
    typed = {name: form[name].value() for name in ("title", "lede", "goal", "minutes", "slug")} | {
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "markdown",
        "body-0-id": "1", "body-0-value": "Words without a source.", "terms_not_linked-TOTAL_FORMS": "0", "terms_not_linked-INITIAL_FORMS": "0", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "seo_title": "", "search_description": "",
    }  # fmt: skip

    refused = rui.post(f"/admin/pages/{lesson.pk}/edit/", {**typed, "action-publish": "1"})
    saved = rui.post(f"/admin/pages/{lesson.pk}/edit/", typed)

    assert "the lesson has no source" in refused.text
    assert saved.status_code == 302
    now = LessonPage.objects.get(pk=lesson.pk)
    assert now.get_latest_revision_as_object().body[0].value == "Words without a source."
    assert now.body[0].value != "Words without a source."
