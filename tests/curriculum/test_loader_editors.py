"""What an editor decided stays decided: the loader leaves a changed, deleted or unpublished page alone, and says so."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from curriculum.models import Edition, Fact, LessonDone, LessonPage, ModulePage
from tests.curriculum.starters import (
    LESSON,
    LESSON_FILE,
    MODULE_FILE,
    correct,
    load,
    make_folder,
    the_lesson,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FACTS = (
    "key,statement,period,figure,unit,source_author,source_title,source_publisher,source_year,source_url,"
    "checked,checked_on,check_again_on,confidence\n"
    "XX01,The bridge was for all.,1931,,,,Minutes,,1931,,Read,2026-11-24,2028-11-24,high\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


def edit(*, publish: bool = True, **values: Any) -> None:
    """An editor saves the lesson with these values."""
    page = the_lesson()
    for name, value in values.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()


def edit_block(place: int, value: Any, *, publish: bool = True) -> None:
    """An editor saves the lesson with another value in one block, in the form in which a browser sends it."""
    page = the_lesson()
    page.body[place] = (page.body[place].block_type, value, page.body[place].id)
    revision = page.save_revision()
    if publish:
        revision.publish()


def reasons(folder: Path, **options: Any) -> dict[str, str]:
    """What a run left alone, with the reason."""
    return {one.name: one.reason for one in load(folder, **options).left_alone}


def said_by(folder: Path, capsys: Any, *again: str) -> list[str]:
    """What the command prints, whether it did something or found nothing to do."""
    with suppress(SystemExit):
        call_command("load_curriculum", folder=folder, again=list(again))
    return capsys.readouterr().out.splitlines()


class TestAChangedPage:
    def test_is_left_alone_and_listed_with_the_difference(self, folder, capsys):
        load(folder)
        edit(lede="An editor’s sentence.")
        correct(folder)

        said = said_by(folder, capsys)

        assert said == [
            "left alone, because an editor changed the page: 07-bridges/01-the-bridge.md",
            "  the page says (-) and the file says (+):",
            "    - lede: An editor’s sentence.",
            "    + lede: Who could cross it.",
            "    - The council met in May [@BR01].",
            "    + The council met in June [@BR01].",
            "Nothing else was to do.",
        ]
        assert the_lesson().lede == "An editor’s sentence."
        assert the_lesson().body[0].value == "The council met in May [@BR01]."

    def test_is_mentioned_in_one_line_while_its_file_does_not_change(self, folder, capsys):
        load(folder)
        edit(lede="An editor’s sentence.")

        assert said_by(folder, capsys) == [
            "left alone, because an editor changed the page: 07-bridges/01-the-bridge.md",
            "Nothing else was to do.",
        ]

    def test_may_be_a_draft_that_nobody_has_published_yet(self, folder):
        load(folder)
        edit(lede="A draft.", publish=False)
        correct(folder)

        outcome = load(folder)

        assert [one.name for one in outcome.left_alone] == [LESSON_FILE]
        assert outcome.left_alone[0].difference[0] == "- lede: A draft."
        assert the_lesson().lede == "Who could cross it."
        assert the_lesson().get_latest_revision_as_object().lede == "A draft."

    def test_counts_as_unchanged_once_it_was_changed_back(self, folder):
        load(folder)
        edit(lede="An editor’s sentence.", minutes=9)
        edit(lede="Who could cross it.", minutes=4)
        correct(folder)

        assert load(folder).written == [LESSON_FILE]
        assert the_lesson().body[0].value == "The council met in June [@BR01]."

    def test_is_not_changed_by_what_a_browser_does_to_line_ends(self, folder):
        correct(folder, "It was short.", "It was short.\n\nIt was dry.")
        load(folder)
        edit_block(2, "It was short.\r\n\r\nIt was dry.\r\n")
        correct(folder)

        assert load(folder).written == [LESSON_FILE]

    def test_is_not_changed_by_the_numbers_that_wagtails_editor_gives_to_paragraphs(self, folder):
        correct(folder, "It was short.", "::: rich_text\nhtml: <p>It was <b>short</b>.</p>\n:::")
        load(folder)
        edit_block(2, '<p data-block-key="x1f2a">It was <b>short</b>.</p>')
        correct(folder)

        assert load(folder).written == [LESSON_FILE]

    def test_is_a_module_too(self, folder):
        load(folder)
        module = ModulePage.objects.get(slug="bridges")
        module.introduction = "An editor’s welcome."
        module.save_revision().publish()
        correct(folder, "Hello.", "Good day.", file=MODULE_FILE)

        (left,) = load(folder).left_alone

        assert (left.name, left.difference) == (
            MODULE_FILE,
            ("- introduction: An editor’s welcome.", "+ introduction: Good day."),
        )

    def test_says_what_changed_in_each_kind_of_block(self, folder):
        load(folder)
        quotation = the_lesson().body[3].value
        edit_block(3, {**quotation, "text": "The bridge is for some."})
        edit_block(1, "What they said")
        correct(folder, 'year: "1931"', 'year: "1932"')

        (left,) = load(folder).left_alone

        assert left.difference == (
            "- ## What they said",
            "+ ## What was said",
            "- quotation text: The bridge is for some.",
            "+ quotation text: The bridge is for all.",
            "- sources: BR01, Minutes of the council, 1931, high",
            "+ sources: BR01, Minutes of the council, 1932, high",
        )

    def test_that_differs_much_is_listed_in_twenty_lines_and_a_count(self, folder):
        load(folder)
        edit_block(2, "\n\n".join(f"Sentence number {number}." for number in range(30)))
        correct(folder)

        (left,) = load(folder).left_alone

        assert len(left.difference) == 21
        assert left.difference[-1] == "… and 13 more lines"

    def test_that_says_what_the_corrected_file_says_is_not_spoken_of(self, folder):
        load(folder)
        edit_block(0, "The council met in June [@BR01].")
        correct(folder)

        outcome = load(folder)

        assert (outcome.written, outcome.left_alone) == ([], [])
        correct(folder, "in June", "in July")
        assert load(folder).written == [LESSON_FILE]

    def test_keeps_the_address_and_the_place_that_an_editor_gave_it(self, folder):
        load(folder)
        edit(slug="a-bridge")
        other = ModulePage(title="Rivers", slug="rivers", summary="Water.")
        Page.objects.get(slug="learn").add_child(instance=other)
        LessonPage.objects.get(slug="a-bridge").move(other, pos="last-child")
        correct(folder)

        assert load(folder).written == [LESSON_FILE]
        page = LessonPage.objects.get(slug="a-bridge")
        assert page.get_parent().slug == "rivers"
        assert "in June" in page.body[0].value

    def test_is_written_again_when_somebody_asks_for_it(self, folder, capsys):
        load(folder)
        edit(lede="An editor’s sentence.")

        assert said_by(folder, capsys, LESSON_FILE) == ["written: 07-bridges/01-the-bridge.md"]
        assert the_lesson().lede == "Who could cross it."
        assert said_by(folder, capsys) == ["Everything was loaded already."]

    def test_is_left_alone_while_an_editor_has_locked_it(self, folder):
        load(folder)
        LessonPage.objects.filter(slug="the-bridge").update(locked=True)
        correct(folder)

        assert reasons(folder) == {LESSON_FILE: "an editor locked the page"}
        assert "in May" in the_lesson().body[0].value

    def test_may_be_one_that_an_editor_made_at_the_same_address(self, folder):
        load(folder)
        module = ModulePage.objects.get(slug="bridges")
        own = LessonPage(
            title="Mine", slug="the-toll", lede="Mine.", goal="Mine.", minutes=1, live=False
        )
        module.add_child(instance=own)
        (folder / "07-bridges/02-the-toll.md").write_text(LESSON)

        assert reasons(folder) == {
            "07-bridges/02-the-toll.md": "an editor made a page at this address"
        }
        assert LessonPage.objects.get(slug="the-toll").title == "Mine"


class TestADeletedLesson:
    def test_stays_deleted_whether_or_not_its_file_changed(self, folder, capsys):
        load(folder)
        the_lesson().delete()

        assert said_by(folder, capsys) == [
            "left alone, because an editor deleted the page: 07-bridges/01-the-bridge.md",
            "Nothing else was to do.",
        ]
        correct(folder)
        assert reasons(folder) == {LESSON_FILE: "an editor deleted the page"}
        assert not LessonPage.objects.filter(slug="the-bridge").exists()

    def test_comes_back_when_asked_for_with_everybodys_progress_and_its_editions(
        self, folder, cast
    ):
        load(folder)
        (folder / "07-bridges/02-the-toll.md").write_text(LESSON)
        load(folder)
        key = the_lesson().translation_key
        LessonDone.objects.create(member=cast["dev"], lesson_key=key, edition=1)
        the_lesson().delete()
        correct(folder)

        outcome = load(folder, again=[LESSON_FILE])

        assert outcome.written == [LESSON_FILE]
        assert the_lesson().translation_key == key
        assert the_lesson().live
        assert LessonDone.objects.get(lesson_key=key).member == cast["dev"]
        assert list(Edition.objects.filter(lesson_key=key).values_list("number", flat=True)) == [
            1,
            2,
        ]
        module = ModulePage.objects.get(slug="bridges")
        assert [page.slug for page in module.get_children()] == ["the-bridge", "the-toll"]
        assert load(folder).left_alone == []

    def test_is_gone_with_its_module_and_comes_back_with_it(self, folder):
        load(folder)
        ModulePage.objects.get(slug="bridges").delete()

        assert reasons(folder) == dict.fromkeys(
            [MODULE_FILE, LESSON_FILE], "an editor deleted the page"
        )
        assert reasons(folder, again=[LESSON_FILE]) == {
            MODULE_FILE: "an editor deleted the page",
            LESSON_FILE: "its module is deleted or not published",
        }
        assert load(folder, again=[MODULE_FILE, LESSON_FILE]).written == [MODULE_FILE, LESSON_FILE]

    def test_is_named_rightly_or_the_run_is_refused(self, folder):
        load(folder)

        with pytest.raises(
            CommandError,
            match=r"01-the-brigde\.md: this was to be written again, but is no starter file\. "
            r"Did you mean “07-bridges/01-the-bridge\.md”\? Nothing of it was loaded\.",
        ):
            call_command("load_curriculum", folder=folder, again=["07-bridges/01-the-brigde.md"])

    def test_stays_deleted_when_its_file_gets_another_number(self, folder):
        load(folder)
        the_lesson().delete()
        (folder / LESSON_FILE).rename(folder / "07-bridges/05-the-bridge.md")

        assert reasons(folder) == {"07-bridges/05-the-bridge.md": "an editor deleted the page"}


class TestAnUnpublishedLesson:
    def test_stays_unpublished_whether_or_not_its_file_changed(self, folder, capsys):
        load(folder)
        the_lesson().unpublish()

        assert said_by(folder, capsys) == [
            "left alone, because an editor unpublished the page: 07-bridges/01-the-bridge.md",
            "Nothing else was to do.",
        ]
        correct(folder)
        assert reasons(folder) == {LESSON_FILE: "an editor unpublished the page"}
        assert not the_lesson().live

    def test_is_published_again_when_somebody_asks_for_it(self, folder):
        load(folder)
        key = the_lesson().translation_key
        the_lesson().unpublish()

        assert load(folder, again=[LESSON_FILE]).written == [LESSON_FILE]
        assert the_lesson().live
        assert the_lesson().translation_key == key

    def test_new_lessons_do_not_appear_below_an_unpublished_module(self, folder):
        load(folder)
        ModulePage.objects.get(slug="bridges").unpublish()
        (folder / "07-bridges/02-the-toll.md").write_text(LESSON)

        assert reasons(folder) == {
            MODULE_FILE: "an editor unpublished the page",
            "07-bridges/02-the-toll.md": "its module is deleted or not published",
        }


class TestADeletedFact:
    def test_stays_deleted_and_a_lesson_that_needs_it_waits(self, folder, cast, capsys):
        (folder / "facts.csv").write_text(FACTS)
        load(folder)
        Fact.objects.get(key="XX01").delete()
        correct(folder, "It was short.", "It was short [@XX01].")

        assert said_by(folder, capsys) == [
            "left alone, because an editor deleted the fact: XX01",
            "left alone, because an editor deleted the fact XX01 that it cites: 07-bridges/01-the-bridge.md",
            "Nothing else was to do.",
        ]

    def test_comes_back_when_somebody_asks_for_it(self, folder, cast, capsys):
        (folder / "facts.csv").write_text(FACTS)
        load(folder)
        Fact.objects.get(key="XX01").delete()

        assert said_by(folder, capsys, "facts.csv#XX01") == ["written: 1 fact (XX01)"]
        assert Fact.objects.filter(key="XX01").exists()


def test_an_editor_who_saves_in_the_admin_without_a_change_has_changed_nothing(folder, as_, cast):
    """The form sends every block back in its own way; what it says is what counts."""
    load(folder)
    page = the_lesson()
    typed = {
        "title": "The bridge", "slug": "the-bridge", "lede": "Who could cross it.",
        "goal": "Say who could cross the bridge.", "minutes": "4", "seo_title": "", "search_description": "",
        "terms_not_linked-TOTAL_FORMS": "0", "terms_not_linked-INITIAL_FORMS": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-publish": "action-publish",
        "body-count": "5",
        "body-0-value": "The council met in May [@BR01].",
        "body-1-value": "What was said",
        "body-2-value": "It was short.",
        "body-3-value-text": "The bridge is for all.", "body-3-value-attribution": "Minutes, 1931",
        "body-3-value-source": "BR01",
        "body-4-value-count": "1", "body-4-value-0-type": "item", "body-4-value-0-order": "0",
        "body-4-value-0-deleted": "", "body-4-value-0-id": "", "body-4-value-0-value-key": "BR01",
        "body-4-value-0-value-author": "", "body-4-value-0-value-title": "Minutes of the council",
        "body-4-value-0-value-publisher": "", "body-4-value-0-value-year": "1931",
        "body-4-value-0-value-url": "", "body-4-value-0-value-checked": "", "body-4-value-0-value-confidence": "high",
    }  # fmt: skip
    for place, block in enumerate(page.body):
        about = {"type": block.block_type, "order": place, "deleted": "", "id": block.id}
        typed |= {f"body-{place}-{name}": value for name, value in about.items()}

    as_("rui").post(f"/admin/pages/{page.pk}/edit/", typed)

    assert the_lesson().latest_revision_id != page.latest_revision_id
    assert load(folder).left_alone == []
