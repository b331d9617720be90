"""A historian writes Markdown; the loader makes pages of it. Loading again changes only what the historian changed."""

from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model

from curriculum.loader.refusal import StarterRefused
from curriculum.loader.steps import Steps
from curriculum.models import Edition, Fact, LessonPage, ModulePage, RedliningMap
from curriculum.references import references_of
from tests.curriculum.starters import (
    LESSON,
    LESSON_FILE,
    MODULE,
    MODULE_FILE,
    correct,
    load,
    make_folder,
    the_lesson,
)
from tests.house.starter import two_modules

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STARTER_IMAGES = settings.ROOT / "curriculum/starter/images"
FACTS = (
    "key,statement,period,figure,unit,source_author,source_title,source_publisher,source_year,source_url,"
    "checked,checked_on,check_again_on,confidence\n"
    "XX01,The bridge was for all.,1931,,,,Minutes,,1931,,Read,2026-11-24,2028-11-24,high\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


def add_lesson(folder: Path, name: str, title: str) -> None:
    (folder / "07-bridges" / name).write_text(
        LESSON.replace("title: The bridge", f"title: {title}")
    )


def add_figure(folder: Path) -> None:
    (folder / "images").mkdir()
    (folder / "images/bridge.png").write_bytes((STARTER_IMAGES / "rule-to-street.png").read_bytes())
    (folder / LESSON_FILE).write_text(
        LESSON + "\n::: figure\nimage: bridge.png\nalt: A bridge.\ncaption: The bridge.\n:::\n"
    )


def media_files() -> set[str]:
    return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*bridge*") if path.is_file()}


def test_files_become_a_module_with_a_lesson(folder):
    outcome = load(folder)

    assert outcome.written == [MODULE_FILE, LESSON_FILE]
    lesson = the_lesson()
    assert [block.block_type for block in lesson.body] == [
        "markdown", "heading", "markdown", "quotation", "sources",
    ]  # fmt: skip
    assert lesson.live
    assert references_of(lesson.body).numbers == {"BR01": 1}
    assert ModulePage.objects.get(slug="bridges").summary == "Who crosses."


def test_files_with_the_mark_and_the_line_ends_of_windows_are_the_same_files(folder):
    for name, text in ((MODULE_FILE, MODULE), (LESSON_FILE, LESSON)):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    load(folder)

    assert the_lesson().body[0].value == "The council met in May [@BR01]."


def test_a_second_run_changes_nothing(folder):
    load(folder)

    outcome = load(folder)

    assert outcome.written == []
    assert outcome.unchanged == [MODULE_FILE, LESSON_FILE]
    assert outcome.left_alone == []
    assert LessonPage.objects.filter(slug="the-bridge").count() == 1


def test_a_corrected_sentence_reaches_the_page(folder):
    load(folder)
    correct(folder)

    outcome = load(folder)

    assert outcome.written == [LESSON_FILE]
    assert "in June" in the_lesson().body[0].value


def test_a_file_that_says_the_same_in_another_way_makes_no_edition(folder):
    load(folder)
    correct(folder, "title: The bridge", "title: 'The bridge' # as it was called")

    outcome = load(folder)

    assert outcome.unchanged == [MODULE_FILE, LESSON_FILE]
    assert Edition.objects.filter(lesson_key=the_lesson().translation_key).count() == 1


def test_lessons_stand_in_the_order_of_their_files_whenever_they_come(folder):
    load(folder)
    add_lesson(folder, "03-the-toll.md", "The toll")
    load(folder)
    add_lesson(folder, "02-the-guard.md", "The guard")
    add_lesson(folder, "00-the-river.md", "The river")
    load(folder)

    module = ModulePage.objects.get(slug="bridges")
    titles = list(
        LessonPage.objects.child_of(module).order_by("path").values_list("slug", flat=True)
    )
    assert titles == ["the-river", "the-bridge", "the-guard", "the-toll"]
    assert module.get_children().count() == module.numchild == 4


def test_modules_stand_in_the_order_of_their_folders_whenever_they_come(folder, cast):
    load(folder)
    (folder / "05-rivers").mkdir()
    (folder / "05-rivers/module.md").write_text(MODULE.replace("Bridges", "Rivers"))
    (folder / "05-rivers/01-the-ford.md").write_text(LESSON)
    add_lesson(folder, "02-the-guard.md", "The guard")

    load(folder)

    rivers, bridges = ModulePage.objects.get(slug="rivers"), ModulePage.objects.get(slug="bridges")
    assert rivers.path < bridges.path
    assert LessonPage.objects.child_of(rivers).count() == 1
    assert LessonPage.objects.child_of(bridges).count() == 2
    assert LessonPage.find_problems() == ([], [], [], [], [])


def test_a_file_that_got_another_number_is_the_same_lesson(folder):
    load(folder)
    key = the_lesson().translation_key
    correct(folder)
    (folder / "07-bridges").rename(folder / "03-bridges")
    (folder / "03-bridges/01-the-bridge.md").rename(folder / "03-bridges/05-the-bridge.md")

    outcome = load(folder)

    assert outcome.unchanged == ["03-bridges/module.md"]
    assert outcome.written == ["03-bridges/05-the-bridge.md"]
    assert the_lesson().translation_key == key
    assert "in June" in the_lesson().body[0].value
    assert load(folder).written == []


class TestTheIdsOfBlocks:
    """Editions name blocks by id, and marks of change stand at them."""

    def ids(self) -> list[str]:
        return [block.id for block in the_lesson().body]

    def test_a_corrected_block_keeps_its_id_and_so_do_all_others(self, folder):
        load(folder)
        before = self.ids()
        correct(folder)

        load(folder)

        assert "in June" in the_lesson().body[0].value
        assert self.ids() == before
        latest = Edition.objects.filter(lesson_key=the_lesson().translation_key).last()
        assert [block for block, _text in latest.texts] == before[:4]  # sources are no text

    def test_a_new_block_between_others_takes_nobodys_id(self, folder):
        load(folder)
        before = self.ids()
        correct(folder, "## What was said", "::: care\ntext: It is loud.\n:::\n\n## What was said")

        load(folder)

        after = self.ids()
        assert [*after[:1], *after[2:]] == before
        assert after[1] not in before

    def test_a_block_that_moved_keeps_its_id(self, folder):
        load(folder)
        text, heading, short, quotation, sources = self.ids()
        correct(folder, "The council met in May [@BR01].\n\n", "")
        correct(
            folder,
            "It was short.",
            "It was short.\n\n## And before\n\nThe council met in May [@BR01].",
        )

        load(folder)

        after = self.ids()
        assert [after[0], after[1], after[3], after[4], after[5]] == [
            heading,
            short,
            text,
            quotation,
            sources,
        ]
        assert after[2] not in {text, heading, short, quotation, sources}

    def test_a_block_of_another_kind_at_the_same_place_is_another_block(self, folder):
        load(folder)
        before = self.ids()
        correct(folder, "It was short.", "::: reflection\ntext: Was it short?\n:::")

        load(folder)

        after = self.ids()
        assert after[2] != before[2]
        assert [*after[:2], *after[3:]] == [*before[:2], *before[3:]]


class TestPictures:
    def test_a_picture_is_uploaded_once_and_again_when_it_was_corrected(self, folder):
        add_figure(folder)
        load(folder)
        first = the_lesson().body[4].value["image"]
        assert first.contextual_alt_text == "A bridge."
        assert load(folder).written == []

        with (folder / "images/bridge.png").open("ab") as picture:
            picture.write(b"\0")
        load(folder)

        second = the_lesson().body[4].value["image"]
        assert second.pk != first.pk
        assert get_image_model().objects.filter(title="starter/bridge.png").count() == 2

    def test_no_file_of_a_picture_is_left_over_when_the_run_is_refused(self, folder):
        add_figure(folder)
        add_lesson(folder, "02-the-guard.md", "The guard " + "x" * 300)
        before = media_files()

        with pytest.raises(StarterRefused, match=r"02-the-guard\.md, line 2: title"):
            load(folder)

        assert media_files() == before
        assert not get_image_model().objects.filter(title="starter/bridge.png").exists()


class TestTheCommand:
    def run(self, folder: Path, *, ends: int | None = None, again: tuple[str, ...] = ()) -> None:
        if ends is None:
            call_command("load_curriculum", folder=folder, again=list(again))
            return
        with pytest.raises(SystemExit) as end:
            call_command("load_curriculum", folder=folder, again=list(again))
        assert end.value.code == ends

    def test_says_done_then_nothing_to_do(self, folder, capsys):
        self.run(folder)
        self.run(folder, ends=2)

        assert capsys.readouterr().out.splitlines() == [
            "written: 07-bridges/module.md",
            "written: 07-bridges/01-the-bridge.md",
            "Everything was loaded already.",
        ]

    def test_says_which_maps_facts_and_terms_it_wrote(self, folder, cast, capsys):
        starter = settings.ROOT / "curriculum/starter"
        (folder / "facts.csv").write_text(FACTS)
        (folder / "terms.csv").write_text(
            (starter / "terms.csv").read_text().splitlines()[0]
            + "\nBridge,What leads over.,,,,,,,,,,\n"
        )
        (folder / "maps").mkdir()
        (folder / "maps/a-plan.geojson").write_bytes(
            (starter / "maps/riverbend.geojson").read_bytes()
        )

        self.run(folder)

        assert capsys.readouterr().out.splitlines()[:3] == [
            "written: the map a-plan",
            "written: 1 fact (XX01)",
            "written: 1 term",
        ]

    def test_refuses_in_one_sentence_and_then_nothing_was_loaded(self, folder):
        (folder / "facts.csv").write_text(FACTS)
        (folder / LESSON_FILE).write_text(LESSON.replace("minutes: 4", "minutes: many"))
        add_lesson(folder, "00-the-river.md", "The river")

        with pytest.raises(CommandError) as refusal:
            self.run(folder)

        assert refusal.value.returncode == 1
        assert str(refusal.value) == (
            "07-bridges/01-the-bridge.md, line 5: “minutes” must be a whole number from 1 to 600. "
            "Nothing of it was loaded."
        )
        assert not Fact.objects.filter(key="XX01").exists()
        assert not ModulePage.objects.filter(slug="bridges").exists()

    def test_takes_facts_back_when_a_page_is_refused_at_last(self, folder):
        """A title that is too long is found when its page is written, after the facts."""
        (folder / "facts.csv").write_text(FACTS)
        correct(folder, "title: The bridge", "title: The bridge " + "x" * 300)

        with pytest.raises(CommandError, match=r"line 2: title: .* Nothing of it was loaded\.$"):
            self.run(folder)

        assert not Fact.objects.filter(key="XX01").exists()
        assert not ModulePage.objects.filter(slug="bridges").exists()

    def test_names_a_folder_that_is_not_there_or_is_no_starter_folder(self, tmp_path):
        with pytest.raises(CommandError, match=r"^There is no folder .*/nowhere\.$"):
            self.run(tmp_path / "nowhere")
        with pytest.raises(CommandError, match="there is no starter file in this folder"):
            self.run(tmp_path)

    def test_has_little_to_ask_when_there_is_nothing_to_do(self, folder, cast, capsys):
        self.run(folder)
        with CaptureQueriesContext(connection) as one_lesson:
            self.run(folder, ends=2)
        add_lesson(folder, "02-the-guard.md", "The guard")
        add_lesson(folder, "03-the-toll.md", "The toll")
        self.run(folder)
        with CaptureQueriesContext(connection) as three_lessons:
            self.run(folder, ends=2)

        assert len(three_lessons) == len(one_lesson)

    def test_finds_the_starter_curriculum_loaded_as_the_demonstration_left_it(self, cast, capsys):
        with two_modules() as folder, pytest.raises(SystemExit) as end:
            call_command("load_curriculum", folder=folder)

        assert end.value.code == 2
        assert capsys.readouterr().out == "Everything was loaded already.\n"


def test_a_step_is_spoken_of_when_it_takes_long():
    said: list[str] = []
    spoken = Event()

    def say(sentence: str) -> None:
        said.append(sentence)
        spoken.set()

    with Steps(say, patience=60).step("Quick …"):
        pass
    with Steps(say, patience=0.01).step("Slow …"):
        spoken.wait(timeout=10)

    assert said == ["Slow …"]


def test_the_starter_curriculum_itself_is_loaded(cast):
    module = ModulePage.objects.get(slug="how-redlining-worked")

    titles = list(LessonPage.objects.child_of(module).values_list("slug", flat=True))

    assert titles == [
        "grading-a-city", "underwriting-by-race", "taken-twice", "what-historians-argue-about",
    ]  # fmt: skip
    assert RedliningMap.objects.get(slug="riverbend").invented
