"""A historian writes Markdown; the loader makes pages of it, or says in which line it could not."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.loader.reading import StarterRefused, read_starter
from curriculum.loader.writing import write_curriculum
from curriculum.models import LessonPage, ModulePage, RedliningMap
from curriculum.references import references_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LESSON = """---
title: The bridge
lede: Who could cross it.
goal: Say who could cross the bridge.
minutes: 4
sources:
  - key: BR01
    title: Minutes of the council
    year: "1931"
---
The council met in May [@BR01].

## What was said

It was short.

::: quotation
text: The bridge is for all.
attribution: Minutes, 1931
source: BR01
:::
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "07-bridges"
    place.mkdir()
    (place / "module.md").write_text("---\ntitle: Bridges\nsummary: Who crosses.\n---\nHello.\n")
    (place / "01-the-bridge.md").write_text(LESSON)
    return tmp_path


def lesson_file(folder: Path) -> Path:
    return folder / "07-bridges" / "01-the-bridge.md"


def test_files_become_a_module_with_a_lesson(folder):
    outcome = write_curriculum(folder)

    assert outcome.written == ["07-bridges/module.md", "07-bridges/01-the-bridge.md"]
    lesson = LessonPage.objects.get(slug="the-bridge")
    assert [block.block_type for block in lesson.body] == [
        "markdown", "heading", "markdown", "quotation", "sources",
    ]  # fmt: skip
    assert lesson.live
    assert references_of(lesson.body).numbers == {"BR01": 1}
    assert ModulePage.objects.get(slug="bridges").summary == "Who crosses."


def test_a_second_run_changes_nothing(folder):
    write_curriculum(folder)

    outcome = write_curriculum(folder)

    assert outcome.written == []
    assert outcome.unchanged == ["07-bridges/module.md", "07-bridges/01-the-bridge.md"]
    assert LessonPage.objects.filter(slug="the-bridge").count() == 1


def test_a_corrected_sentence_reaches_the_page(folder):
    write_curriculum(folder)
    lesson_file(folder).write_text(LESSON.replace("in May", "in June"))

    outcome = write_curriculum(folder)

    assert outcome.written == ["07-bridges/01-the-bridge.md"]
    assert "in June" in LessonPage.objects.get(slug="the-bridge").body[0].value


def test_what_an_editor_changed_is_left_alone(folder):
    write_curriculum(folder)
    page = LessonPage.objects.get(slug="the-bridge")
    page.lede = "An editor's sentence."
    page.save_revision().publish()
    lesson_file(folder).write_text(LESSON.replace("in May", "in June"))

    outcome = write_curriculum(folder)

    assert outcome.left_alone == ["07-bridges/01-the-bridge.md"]
    assert LessonPage.objects.get(slug="the-bridge").lede == "An editor's sentence."


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("no front matter", "01-the-bridge.md, line 1: it must begin with a line --- and its front matter."),
        (LESSON.replace("minutes: 4\n", ""), "01-the-bridge.md, line 1: the front matter has no “minutes”."),
        (LESSON.replace("[@BR01]", "[@XX99]"), "01-the-bridge.md, line 11: it cites XX99, which is no fact and not among its sources."),
        (LESSON.replace("## What was said", "## "), "01-the-bridge.md, line 13: a heading is empty."),
        (LESSON.replace("::: quotation", "::: dance"), "01-the-bridge.md, line 17: “dance” is no directive; known are ['care', 'commitment', 'discussion', 'fact', 'figure', 'map', 'quotation', 'reflection', 'rich_text', 'term']."),
        (LESSON.replace("attribution: Minutes, 1931\n", ""), "01-the-bridge.md, line 17: this quotation has no attribution."),
        (LESSON.removesuffix(":::\n"), "01-the-bridge.md, line 17: this directive has no closing line :::."),
        (LESSON.replace("title: The bridge", "title: [The bridge"), "01-the-bridge.md, line 3: expected ',' or ']', but got ':'."),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line_and_nothing_is_written(folder, broken, sentence):
    lesson_file(folder).write_text(broken)

    with pytest.raises(StarterRefused) as refusal:
        write_curriculum(folder)

    assert str(refusal.value) == sentence
    assert not ModulePage.objects.filter(slug="bridges").exists()


def test_a_file_that_is_no_text_is_refused(folder):
    lesson_file(folder).write_bytes(b"---\n\xff\xfe")

    with pytest.raises(
        StarterRefused, match=r"01-the-bridge\.md, line 1: it cannot be read as UTF-8 text"
    ):
        read_starter(lesson_file(folder))


def test_a_map_that_is_not_loaded_is_refused(folder):
    lesson_file(folder).write_text(LESSON + "\n::: map\nmap: nowhere\ncaption: None\n:::\n")

    with pytest.raises(StarterRefused, match="no map named “nowhere” is loaded"):
        write_curriculum(folder)


def test_the_command_says_done_then_nothing_to_do(folder, capsys):
    call_command("load_curriculum", folder=folder)
    with pytest.raises(SystemExit) as end:
        call_command("load_curriculum", folder=folder)

    assert end.value.code == 2
    assert capsys.readouterr().out.splitlines() == [
        "written: 07-bridges/module.md",
        "written: 07-bridges/01-the-bridge.md",
        "Everything was loaded already.",
    ]


def test_the_command_refuses_in_one_sentence(folder):
    lesson_file(folder).write_text("nothing")

    with pytest.raises(
        CommandError, match=r"^01-the-bridge\.md, line 1: .* Nothing of it was loaded\.$"
    ) as refusal:
        call_command("load_curriculum", folder=folder)

    assert refusal.value.returncode == 1


def test_the_starter_curriculum_itself_is_loaded(cast):
    module = ModulePage.objects.get(slug="how-redlining-worked")

    titles = list(LessonPage.objects.child_of(module).values_list("slug", flat=True))

    assert titles == [
        "grading-a-city", "underwriting-by-race", "taken-twice", "what-historians-argue-about",
    ]  # fmt: skip
    assert RedliningMap.objects.get(slug="riverbend").invented
