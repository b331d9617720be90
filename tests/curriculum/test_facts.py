"""Facts: corrected once, seen in every lesson that cites them; refused without source or unit; listed where they are used."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from curriculum.loader.facts import COLUMNS, FactsOutcome, load_facts, read_facts, write_facts
from curriculum.loader.refusal import StarterRefused
from curriculum.models import Citation, Fact, LessonPage

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MODULE = "/learn/how-redlining-worked/"
ROW = {
    "key": "XX01", "statement": "The bridge was for all.", "period": "1931", "figure": "3", "unit": "bridges",
    "source_author": "The council", "source_title": "Minutes", "source_publisher": "", "source_year": "1931",
    "source_url": "", "checked": "Read", "checked_on": "2026-11-24", "check_again_on": "2028-11-24",
    "confidence": "medium",
}  # fmt: skip


def csv_file(folder: Path, *rows: dict[str, str], mark: str = "") -> Path:
    lines = [",".join(f'"{row.get(name, "")}"' for name in COLUMNS) for row in rows]
    path = folder / "facts.csv"
    path.write_text(mark + "\n".join([",".join(COLUMNS), *lines]) + "\n")
    return path


def test_a_correction_reaches_every_lesson_that_shows_the_fact(nobody, cast):
    fact = Fact.objects.get(key="FH09")
    shown = [MODULE + "what-historians-argue-about/"]
    cited = [MODULE + "underwriting-by-race/"]
    fact.statement = "A study of three cities was corrected here."
    fact.source_title = "A corrected title"
    fact.save()

    assert all("was corrected here" in nobody.get(address).text for address in shown)
    assert all("A corrected title" in nobody.get(address).text for address in [*shown, *cited])


def test_a_card_says_its_figure_its_year_and_how_sure_we_are(nobody, cast):
    page = nobody.get(MODULE + "taken-twice/").text
    assert "84 percent" in page
    assert "average markup over what the seller had paid" in page
    fact = Fact.objects.get(key="CB03")
    fact.confidence = "low"
    fact.save()

    assert "low confidence" in nobody.get(MODULE + "taken-twice/").text


def test_where_a_fact_is_used(as_, cast):
    fact = Fact.objects.get(key="RL12")

    assert fact.used_in_titles == ", ".join(
        citation.lesson.title for citation in Citation.objects.filter(fact_key="RL12")
    )
    assert set(fact.used_in_titles.split(", ")) == {
        "Four levels of racism", "Grading a city", "What historians still argue about",
    }  # fmt: skip
    page = as_("rui").get(f"/admin/snippets/curriculum/fact/inspect/{fact.pk}/")
    assert "Four levels of racism" in page.text


def test_the_list_of_facts_costs_the_same_however_long_it_is(as_, cast, django_assert_num_queries):
    rui, address = as_("rui"), "/admin/snippets/curriculum/fact/"
    Citation.objects.all().delete()
    Fact.objects.exclude(key="RL01").delete()
    rui.get(address)
    with django_assert_num_queries(12):
        rui.get(address)
    for number in range(3):
        Fact.objects.create(**ROW | {"key": f"XX1{number}", "checked_on": date(2026, 1, 1), "check_again_on": date(2027, 1, 1)})  # fmt: skip
    rui.get(address)  # a new fact renews what is kept
    with django_assert_num_queries(12):
        rui.get(address)


def test_a_fact_that_is_cited_is_not_deleted(cast):
    with pytest.raises(ProtectedError, match="RL12 is cited in"):
        Fact.objects.get(key="RL12").delete()


def test_every_key_that_the_starter_lessons_cite_is_a_fact(cast):
    for lesson in LessonPage.objects.all():
        keys = set(Citation.objects.filter(lesson=lesson).values_list("fact_key", flat=True))
        own = {s["key"] for b in lesson.body if b.block_type == "sources" for s in b.value}
        assert keys - own <= set(Fact.objects.values_list("key", flat=True)), lesson.title
        assert len(keys) >= 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"unit": ""}, "A figure needs a unit"),
        ({"source_title": ""}, "source_title"),
        ({"key": "X1"}, "Two letters and a number"),
        ({"checked_on": "yesterday"}, "checked_on must be a day like 2026-11-24."),
        ({"check_again_on": "2026-01-01"}, "The next check must come after the last one."),
        ({"confidence": "sure"}, "confidence"),
        ({"source_url": "javascript:x"}, "source_url"),
    ],
)
def test_a_row_that_cannot_be_a_fact_is_refused_with_its_line(tmp_path, wrong, sentence):
    path = csv_file(tmp_path, {**ROW, "key": "XX02"}, {**ROW, **wrong})

    with pytest.raises(StarterRefused) as refusal:
        load_facts(path)

    assert str(refusal.value).startswith("facts.csv, line 3: ")
    assert sentence in str(refusal.value)
    assert not Fact.objects.filter(key__startswith="XX").exists()


def test_two_facts_of_one_key_are_refused(tmp_path):
    with pytest.raises(
        StarterRefused, match=r"line 3: the fact XX01 is listed twice, first in line 2\."
    ):
        load_facts(csv_file(tmp_path, ROW, ROW))


@pytest.mark.parametrize("text", ["", "key,statement\nXX01,x\n", "\x00\x01", 'key,"open\n'])
def test_a_file_that_is_no_table_of_facts_is_refused(tmp_path, text):
    path = tmp_path / "facts.csv"
    path.write_text(text)

    with pytest.raises(StarterRefused, match=r"facts.csv, line 1: "):
        load_facts(path)


def test_what_an_editor_changed_is_left_alone_and_the_difference_is_said(tmp_path):
    load_facts(csv_file(tmp_path, ROW))
    Fact.objects.filter(key="XX01").update(statement="An editor's sentence.")

    outcome = load_facts(csv_file(tmp_path, {**ROW, "statement": "The file's sentence."}))

    assert outcome.written == []
    assert outcome.left_alone == [
        "XX01: statement is “An editor's sentence.” here and “The file's sentence.” in the file"
    ]
    assert Fact.objects.get(key="XX01").statement == "An editor's sentence."


def test_a_row_is_named_by_the_line_on_which_it_begins(tmp_path):
    long = {**ROW, "key": "XX02", "statement": "The bridge\nwas for all."}
    path = csv_file(
        tmp_path, long, {**ROW, "statement": "One,\ntwo,\nthree.", "confidence": "sure"}
    )

    with pytest.raises(StarterRefused, match=r"^facts\.csv, line 4: XX01: confidence"):
        load_facts(path)


@pytest.mark.parametrize("tail", ["", ",high,high"])
def test_a_row_with_too_few_or_too_many_cells_is_refused(tmp_path, tail):
    path = csv_file(tmp_path, {**ROW, "key": "XX02"}, ROW)
    path.write_text(path.read_text().removesuffix(',"medium"\n') + tail + "\n")

    with pytest.raises(
        StarterRefused, match=r"^facts\.csv, line 3: it has more or fewer cells than"
    ):
        load_facts(path)


def test_a_quote_that_is_never_closed_is_named_by_its_line(tmp_path):
    path = csv_file(tmp_path, ROW)
    path.write_text(path.read_text() + '"XX02')

    with pytest.raises(StarterRefused, match=r"^facts\.csv, line 3: it cannot be read as CSV"):
        load_facts(path)


def test_the_mark_that_a_spreadsheet_puts_first_is_no_part_of_a_column(tmp_path):
    assert load_facts(csv_file(tmp_path, ROW, mark="\ufeff")).written == ["XX01"]


def test_a_file_in_an_old_encoding_is_refused_with_what_to_do(tmp_path):
    path = csv_file(tmp_path, ROW)
    path.write_bytes(path.read_bytes().replace(b"was for all", b"caf\xe9"))

    with pytest.raises(StarterRefused, match=r"Save it as CSV in UTF-8\."):
        load_facts(path)


def test_an_editors_own_fact_of_the_same_key_is_left_alone_and_the_difference_is_said(tmp_path):
    Fact.objects.create(**{**ROW, "statement": "An editor's own."})

    outcome = load_facts(csv_file(tmp_path, ROW))

    assert outcome.written == []
    assert outcome.own == [
        "XX01: statement is “An editor's own.” here and “The bridge was for all.” in the file"
    ]
    assert Fact.objects.get(key="XX01").statement == "An editor's own."


def test_what_an_editor_changed_is_named_while_the_file_does_not_change(tmp_path):
    path = csv_file(tmp_path, ROW)
    load_facts(path)
    Fact.objects.filter(key="XX01").update(statement="An editor's sentence.")

    outcome = load_facts(path)

    assert (outcome.written, outcome.left_alone, outcome.edited) == ([], [], ["XX01"])


def test_what_an_editor_changed_back_counts_as_unchanged(tmp_path):
    load_facts(csv_file(tmp_path, {**ROW, "checked": "Read.\nAll of it."}))
    Fact.objects.filter(key="XX01").update(checked="Read.\r\nAll of it.")  # as a browser sends it

    outcome = load_facts(csv_file(tmp_path, {**ROW, "statement": "The file's sentence."}))

    assert outcome.written == ["XX01"]
    assert Fact.objects.get(key="XX01").statement == "The file's sentence."


def test_a_correction_that_an_editor_made_too_is_not_spoken_of(tmp_path):
    load_facts(csv_file(tmp_path, ROW))
    Fact.objects.filter(key="XX01").update(statement="The bridge was for some.")
    path = csv_file(tmp_path, {**ROW, "statement": "The bridge was for some."})

    outcome = load_facts(path)

    assert outcome == FactsOutcome()
    assert load_facts(csv_file(tmp_path, ROW)).written == ["XX01"]


def test_a_fact_that_an_editor_deleted_stays_deleted(tmp_path):
    path = csv_file(tmp_path, ROW)
    load_facts(path)
    Fact.objects.get(key="XX01").delete()

    assert load_facts(path) == FactsOutcome(deleted=["XX01"])
    assert write_facts(path, read_facts(path), again=["facts.csv#XX01"]).written == ["XX01"]


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (9, "written: 9 facts (XX10, XX11, XX12, XX13, XX14, XX15, XX16, XX17, XX18)"),
        (10, "written: 10 facts"),
    ],
)
def test_the_command_counts_the_facts_and_names_them_while_they_are_few(
    tmp_path, capsys, number, line
):
    csv_file(tmp_path, *({**ROW, "key": f"XX{10 + place}"} for place in range(number)))

    call_command("load_curriculum", folder=tmp_path)

    assert capsys.readouterr().out == f"{line}\n"


def test_loading_the_same_file_again_changes_nothing(tmp_path):
    path = csv_file(tmp_path, ROW)

    assert load_facts(path).written == ["XX01"]
    assert load_facts(path).written == []


def test_the_database_itself_holds_the_rules(cast):
    wrong = [{"unit": "", "figure": "3"}, {"source_title": ""}, {"confidence": "sure"}, {"check_again_on": date(2000, 1, 1)}]  # fmt: skip
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Fact.objects.filter(key="RL01").update(**values)


def test_a_fact_past_its_check_is_told_apart(as_, cast):
    Fact.objects.filter(key="RL01").update(checked_on=date(2020, 1, 1), check_again_on=date(2022, 1, 1))  # fmt: skip

    assert Fact.objects.get(key="RL01").is_overdue
    assert not Fact.objects.get(key="RL02").is_overdue
    first = as_("rui").get("/admin/snippets/curriculum/fact/").text
    assert first.index("RL01") < first.index("CB01")


def test_a_form_without_a_unit_says_so_at_the_form(as_, cast):
    fact = Fact.objects.get(key="RL01")
    typed = {name: getattr(fact, name) for name in COLUMNS} | {"figure": "12", "unit": ""}

    answer = as_("rui").post(f"/admin/snippets/curriculum/fact/edit/{fact.pk}/", typed)

    assert "A figure needs a unit" in answer.text
    assert Fact.objects.get(key="RL01").figure == ""


def test_the_command_loads_facts_before_the_lessons_that_cite_them(tmp_path, cast):
    csv_file(tmp_path, ROW)
    place = tmp_path / "07-bridges"
    place.mkdir()
    (place / "module.md").write_text("---\ntitle: Bridges\nsummary: Who crosses.\n---\nHello.\n")
    (place / "01-a-bridge.md").write_text(
        "---\ntitle: A bridge\nlede: One.\ngoal: Two.\nminutes: 3\n---\n[=XX01] It stood [@XX01].\n"
    )

    call_command("load_curriculum", folder=tmp_path, verbosity=0)

    assert Citation.objects.get(fact_key="XX01").lesson.slug == "a-bridge"


def test_a_fact_without_figure_is_whole():
    with pytest.raises(ValidationError, match="needs a unit"):
        Fact(**{**ROW, "unit": "", "checked_on": date(2026, 1, 1), "check_again_on": date(2027, 1, 1)}).full_clean()  # fmt: skip
    Fact(**{**ROW, "figure": "", "unit": "", "checked_on": date(2026, 1, 1), "check_again_on": date(2027, 1, 1)}).full_clean()  # fmt: skip
