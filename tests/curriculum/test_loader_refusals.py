"""A file that cannot become a page is refused with its name, its line and a sentence, and nothing of the run is kept."""

from pathlib import Path

import pytest

from curriculum.loader.loading import load_folder
from curriculum.loader.refusal import StarterRefused
from curriculum.models import ModulePage
from tests.curriculum.starters import LESSON, LESSON_FILE, MODULE, MODULE_FILE, make_folder

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
QUOTED = "Put them in quotes if they look like a number, a date, a list, yes or no."
KEYS = "attribution, source, text"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


def refused(folder: Path, text: str, file: str = LESSON_FILE) -> str:
    """The sentence with which the folder is refused when the file holds this text."""
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text)
    with pytest.raises(StarterRefused) as refusal:
        load_folder(folder)
    assert not ModulePage.objects.filter(slug="bridges").exists()
    return str(refusal.value)


def changed(old: str, new: str) -> str:
    """The lesson with another wording in one place."""
    assert LESSON.count(old) == 1
    return LESSON.replace(old, new)


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("no front matter", "line 1: it must begin with a line --- and its front matter."),
        ("", "line 1: it must begin with a line --- and its front matter."),
        ("---\ntitle: x\n", "line 1: its front matter has no closing line ---."),
        ("---\n---\nx", "line 2: names with values were expected here."),
        (changed("minutes: 4\n", ""), "line 1: the front matter has no “minutes”."),
        (changed("title: The bridge", "title: ''"), "line 1: the front matter has no “title”."),
        (changed("title: The bridge", "title: [The bridge"), "line 3: expected ',' or ']', but got ':'."),
        (changed("title: The bridge", "title: The bridge: a story"), "line 2: mapping values are not allowed here; put the value in quotes."),
        (changed("title: The bridge", "title: *The* bridge"), "line 2: a value that begins with * or & must stand in quotes."),
        (changed("title: The bridge", "title: The \x07 bridge"), "line 2: there is a character that YAML does not know."),
        (changed("title: The bridge", "title: [a, b]"), f"line 2: “title” must be words. {QUOTED}"),
        (changed("title: The bridge", "title: 1931"), f"line 2: “title” must be words. {QUOTED}"),
        (changed("title: The bridge", "title: yes"), f"line 2: “title” must be words. {QUOTED}"),
        (changed("title: The bridge", "title: 1931-02-30"), "line 2: this is not YAML (day is out of range for month)."),
        (changed("goal:", "lede: Another.\ngoal:"), "line 4: “lede” stands here twice, first in line 3."),
        (changed("minutes: 4", "minutes: 4\nminuts: 5"), "line 6: “minuts” is not known here. Did you mean “minutes”?"),
        (changed("minutes: 4", "minutes: 4\nzzz: 5"), "line 6: “zzz” is not known here. Known are: gate, goal, lede, minutes, sources, title."),
        (changed("minutes: 4", "minutes: many"), "line 5: “minutes” must be a whole number from 1 to 600."),
        (changed("minutes: 4", "minutes: -1"), "line 5: “minutes” must be a whole number from 1 to 600."),
        (changed("minutes: 4", "minutes: yes"), "line 5: “minutes” must be a whole number from 1 to 600."),
        (changed("minutes: 4", "minutes: 601"), "line 5: “minutes” must be a whole number from 1 to 600."),
        (changed("minutes: 4", "minutes: 4.5"), "line 5: “minutes” must be a whole number from 1 to 600."),
        (changed("title: The bridge", "title: &The bridge"), "line 2: a value that begins with * or & must stand in quotes."),
        (changed("title: The bridge", "title: @The bridge"), "line 2: found character '@' that cannot start any token; put the value in quotes."),
        (changed("title: The bridge", f"title: {'x' * 256}"), "line 2: title: Ensure this value has at most 255 characters (it has 256)."),
        (changed("lede: Who", f"lede: {'x' * 400} Who"), "line 3: lede: Ensure this value has at most 400 characters (it has 420)."),
        (changed("goal: Say", f"goal: {'x' * 300} Say"), "line 4: goal: Ensure this value has at most 300 characters (it has 332)."),
    ],
)  # fmt: skip
def test_front_matter_that_cannot_be_used(folder, broken, sentence):
    assert refused(folder, broken) == f"07-bridges/01-the-bridge.md, {sentence}"


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (changed('year: "1931"', "yeer: 1931"), "line 9: “yeer” is not known here. Did you mean “year”?"),
        (changed('    year: "1931"\n', '    year: "1931"\n  - key: BR01\n    title: Again\n'), "line 10: the source BR01 is listed twice."),
        (changed('    year: "1931"\n', '    year: "1931"\n  - BR02\n'), "line 10: names with values were expected here."),
        (changed("    title: Minutes of the council\n", ""), "line 7: this source has no title."),
        (changed('year: "1931"', "url: javascript:alert(1)"), "line 9: url: Enter a valid URL."),
        (changed('year: "1931"', "confidence: sure"), "line 9: confidence: Select a valid choice. sure is not one of the available choices."),
        (LESSON.replace("BR01", "bridge"), "line 7: the key of a source is two letters and a number, like RL04."),
        ("---\ntitle: x\nlede: x\ngoal: x\nminutes: 1\nsources: BR01\n---\nx", "line 6: “sources” must be a list."),
        ("---\ntitle: x\nlede: x\ngoal: x\nminutes: 1\n---\nx", "line 1: Body: the lesson has no source. Cite a fact, like [@RL04], or list one."),
    ],
)  # fmt: skip
def test_sources_that_cannot_be_used(folder, broken, sentence):
    assert refused(folder, broken) == f"07-bridges/01-the-bridge.md, {sentence}"


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (changed("## What was said", "## "), "line 13: a heading is empty."),
        (changed("## What was said", "##"), "line 13: a heading is empty."),
        (changed("::: quotation", "::: quotatoin"), "line 17: “quotatoin” is no directive. Did you mean “quotation”?"),
        (changed("::: quotation", "::: zzz"), "line 17: “zzz” is no directive. Known are: care, chart, check, commitment, discussion, facilitator, fact, figure, map, media, quotation, reflection, rich_text, sorting, term, then_now, timeline, understanding, worksheet."),
        (changed("::: quotation", "::: Quotation 1"), "line 17: a directive's first line holds its kind alone, like “::: fact”."),
        (changed("It was short.\n\n::: quotation\n", "It was short.\n\n:::\n"), "line 17: this line ::: closes nothing."),
        (LESSON.removesuffix(":::\n"), "line 17: this directive has no closing line :::."),
        (changed("attribution: Minutes, 1931\n", ""), "line 17: this quotation has no attribution."),
        (changed("source: BR01\n", ""), "line 17: this quotation has no source."),
        (changed("attribution:", "atribution:"), "line 19: “atribution” is not known here. Did you mean “attribution”?"),
        (changed("source: BR01\n", "source: BR01\ntext: Twice.\n"), "line 21: “text” stands here twice, first in line 18."),
        (LESSON + "::: care\ntext: 5\n:::\n", f"line 23: “text” must be words. {QUOTED}"),
        (LESSON + "::: care\n:::\n", "line 23: names with values were expected here."),
        (LESSON + "::: discussion\ntext: And now?\nplace: kitchen\n:::\n", "line 24: place: Select a valid choice. kitchen is not one of the available choices."),
        (LESSON + "::: timeline\ntitle: x\nevents: soon\n:::\n", "line 24: “events” must be a list."),
        (LESSON + "::: timeline\ntitle: x\nevents:\n  - soon\n:::\n", "line 25: names with values were expected here."),
        (LESSON + "::: timeline\ntitle: x\nevents:\n  - date: 1933\n    title: y\n:::\n", "line 25: this one of “events” has no text."),
        (LESSON + "::: timeline\ntitle: x\nevents:\n  - date: 1933\n    title: y\n    text: z [@ZZ01]\n:::\n", "line 27: it cites ZZ01, which is no fact and not among its sources."),
        (LESSON + "| | b |\n|---|---|\n| 1 | 2 |\n", "line 22: a header cell of the table is empty. Say what its column holds."),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_used(folder, broken, sentence):
    assert refused(folder, broken) == f"07-bridges/01-the-bridge.md, {sentence}"


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (changed("[@BR01]", "[@XX99]"), "line 11: it cites XX99, which is no fact and not among its sources."),
        (LESSON + "\nOne.\n\nTwo.\nThree [@XX99].\n", "line 26: it cites XX99, which is no fact and not among its sources."),
        (changed("source: BR01\n", "source: XX99\n"), "line 20: it cites XX99, which is no fact and not among its sources."),
        (LESSON + "::: care\nshort_path: Read it.\ntext: It is loud [@br01].\n:::\n", "line 24: it cites br01, which is no fact and not among its sources."),
        (changed("[@BR01]", "[=BR01]"), "line 11: [=BR01] says a fact’s own sentence, and BR01 is a source. Cite it as [@BR01]."),
        (LESSON + "::: fact\nfact: BR01\n:::\n", "line 23: BR01 is one of the lesson’s own sources. A card shows a fact; cite a source as [@BR01]."),
        (LESSON + "::: fact\nfact: XX99\n:::\n", "line 23: it shows XX99, which is no fact."),
        (LESSON + "::: term\nterm: equty\n:::\n", "line 23: “equty” is no term of the glossary. Did you mean “equity”?"),
        (changed("It was short.", "It was\nabout [equity](term:equty)."), "line 16: “equty” is no term of the glossary. Did you mean “equity”?"),
        (changed("It was short.", "It was about [equity](term:Equity)."), "line 15: “Equity” is no term of the glossary. Did you mean “equity”?"),
        (changed("It was short.", "It was [what](term:qqqqqqqq)."), "line 15: “qqqqqqqq” is no term of the glossary. Nothing that is known here sounds like it."),
        (LESSON + "::: map\nmap: nowhere\ncaption: None\n:::\n", "line 23: no map named “nowhere” is loaded. Known are: riverbend."),
        (LESSON + "::: figure\nimage: a.png\nalt: A.\ncaption: A.\n:::\n", "line 23: there is no picture a.png in images/."),
        (LESSON + "::: figure\nimage: ../07-bridges/module.md\nalt: A.\ncaption: A.\n:::\n", "line 23: there is no picture ../07-bridges/module.md in images/."),
    ],
)  # fmt: skip
def test_a_reference_that_leads_nowhere(folder, cast, broken, sentence):
    assert refused(folder, broken) == f"07-bridges/01-the-bridge.md, {sentence}"


def test_references_are_looked_up_before_anything_is_written(
    folder, cast, django_assert_num_queries
):
    """Three questions: which facts, which terms, which maps there are."""
    (folder / LESSON_FILE).write_text(changed("[@BR01]", "[@XX99]"))

    with django_assert_num_queries(3), pytest.raises(StarterRefused):
        load_folder(folder)


def test_a_picture_that_is_none(folder):
    (folder / "images").mkdir()
    (folder / "images/a.png").write_text("This is no picture.")
    (folder / "images/a.svg").write_text("<svg/>")
    figure = LESSON + "::: figure\nimage: a.png\nalt: A.\ncaption: A.\n:::\n"

    assert (
        "line 23: the picture a.png cannot be used (it cannot be read as a picture of the kind that its name says)."
        in refused(folder, figure)
    )
    assert refused(folder, figure.replace("a.png", "a.svg")).endswith(
        "line 23: the picture a.svg cannot be used (its kind is not allowed)."
    )


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (MODULE.replace("summary: Who crosses.\n", ""), "line 1: the front matter has no “summary”."),
        (MODULE.replace("summary:", "minutes: 3\nsummary:"), "line 3: “minutes” is not known here. Known are: goal, summary, title."),
        (MODULE + "\n## Why\n", "line 7: a module holds text alone. Headings and directives belong in its lessons."),
        (MODULE + "\nSee there [@RL01].\n", "line 7: a module cites nothing. Cite in its lessons."),
        (MODULE + "\n[Equity](term:equty)\n", "line 7: “equty” is no term of the glossary. Did you mean “equity”?"),
        (MODULE.replace("Who crosses.", "x" * 301), "line 3: summary: Ensure this value has at most 300 characters (it has 301)."),
    ],
)  # fmt: skip
def test_a_module_that_cannot_be_used(folder, cast, broken, sentence):
    assert refused(folder, broken, MODULE_FILE) == f"07-bridges/module.md, {sentence}"


def test_files_that_would_be_passed_over(folder):
    lost = refused(folder, LESSON, "08-rivers/01-the-ford.md")
    (folder / "08-rivers/01-the-ford.md").unlink()
    nameless = refused(folder, LESSON, "07-bridges/the-toll.md")
    (folder / "07-bridges/the-toll.md").unlink()
    twice = refused(folder, LESSON, "07-bridges/02-the-bridge.md")

    assert lost == "08-rivers: there is no module.md in it, so its lessons belong to no module."
    assert nameless == (
        "07-bridges/the-toll.md: a lesson’s file begins with its number, like 03-the-toll.md."
    )
    assert twice == (
        "07-bridges/02-the-bridge.md: its address would be “the-bridge”, as that of "
        "07-bridges/01-the-bridge.md. Rename one."
    )


def test_a_file_that_is_no_text(folder):
    (folder / LESSON_FILE).write_bytes(b"---\n\xff\xfe")

    with pytest.raises(
        StarterRefused, match=r"01-the-bridge\.md, line 1: it cannot be read as UTF-8 text"
    ):
        load_folder(folder)


def test_a_thousand_brackets(folder):
    assert "line 2: this is not YAML" in refused(folder, changed("The bridge\n", "[" * 5000 + "\n"))
