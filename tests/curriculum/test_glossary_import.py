"""A glossary that comes in as a file: it arrives as proposals, comes out as it was, and is refused whole with the row and the reason."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from curriculum.glossary.actions import (  # fmt: skip
    DecisionRefused,
    adopt_proposal,
    decide_together,
    decline_proposal,
    propose_wording,
)
from curriculum.glossary.formats import incoming
from curriculum.glossary.formats.as_csv import COLUMNS
from curriculum.glossary.models import (
    WORDS,
    ChangedWord,
    Comment,
    Decision,
    DefinitionRead,
    InForce,
    LessonTerm,
    NotLinked,
    Proposal,
    Relation,
    Term,
    TermVersion,
    TermWord,
)

pytestmark = pytest.mark.django_db


def body(answer):
    return b"".join(answer.streaming_content).decode()


def everything():
    """Terms, versions, words and relations, as they can be compared between two databases."""
    terms = {
        (t.slug, t.label, t.retired_at is not None, t.replaced_by and t.replaced_by.slug)
        for t in Term.objects.select_related("replaced_by")
    }
    versions = {(v.term.slug, v.language, v.number): [getattr(v, name) for name in WORDS] for v in TermVersion.objects.select_related("term")}  # fmt: skip
    in_force = set(InForce.objects.values_list("term__slug", "language", "version__number"))
    words = set(TermWord.objects.values_list("term__slug", "language", "kind", "text", "folded", "slug", "case_matters"))  # fmt: skip
    relations = set(Relation.objects.values_list("term__slug", "other__slug", "is_broader"))
    return {"terms": terms, "versions": versions, "in force": in_force, "words": words, "relations": relations}  # fmt: skip


def empty_the_glossary():
    """Past the models: a version is never deleted by anything of the product."""
    Proposal.objects.update(based_on=None)
    for model in (Comment, DefinitionRead, LessonTerm, NotLinked, ChangedWord, InForce, Relation, TermWord):  # fmt: skip
        model.objects.all().delete()
    with connection.cursor() as cursor:
        for model in (TermVersion, Decision, Proposal):
            _without_guard(cursor, model)
    Term.objects.update(replaced_by=None)
    Term.objects.all().delete()


def _without_guard(cursor, model):
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])  # fmt: skip
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        cursor.execute(f"DELETE FROM {table}")
        for name in names:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
        return
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
    )
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    cursor.execute(f"DELETE FROM {table}")
    for _name, sql in triggers:
        cursor.execute(sql)


def adopt_all(cast):
    waiting = Proposal.objects.open().order_by("written_at", "pk")
    return decide_together(shown=[(one, one.revision) for one in waiting], by=cast["chioma"])


def written(folder, content, name="in.json"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def glossary(*terms):
    return json.dumps({"format": "lodestar.glossary", "format_version": 1, "terms": list(terms)})


def term(slug, *versions, **given):
    return {"slug": slug, "versions": list(versions), **given}


def version(name, definition="What it means.", **given):
    return {"language": "en", "name": name, "definition": definition, **given}


def table(*rows, columns=None, mark="", between=","):
    out = io.StringIO(newline="")
    names = columns or ("slug", "language", "name", "definition", "aliases", "broader", "related")
    writer = csv.writer(out, delimiter=between)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return mark + out.getvalue()


def row(slug, **given):
    return {"slug": slug, "language": "en", "name": slug.title(), "definition": "What it means.", **given}  # fmt: skip


def refusal_of(path, **options):
    before = (Term.objects.count(), Proposal.objects.count())
    with pytest.raises(CommandError) as refusal:
        call_command("import_glossary", path, **options)
    assert refusal.value.returncode == 1
    assert (Term.objects.count(), Proposal.objects.count()) == before
    assert str(refusal.value).endswith("Nothing was imported.")
    return str(refusal.value)


def exit_of(path, **options):
    try:
        call_command("import_glossary", path, verbosity=0, **options)
    except SystemExit as left:
        return left.code
    return 0


# There and back


def test_json_comes_back_with_every_version_word_source_and_relation(cast, nobody, tmp_path):
    nasty = {"aliases": ["a; b \\ c", "Überweg"], "definition": "=1 <b>x</b>\n\"q\" 'a'", "case_matters": True, "source": "-x", "source_use": "adapted", "source_url": "https://example.org/"}  # fmt: skip
    made = propose_wording(words={**version("Ford"), **nasty}, by=cast["hana"])
    adopt_proposal(proposal=made, by=cast["ben"], seen_revision=1)
    Proposal.objects.open().delete()
    before, told = everything(), body(nobody.get("/glossary.json"))
    empty_the_glossary()

    assert exit_of(written(tmp_path, told)) == 0
    assert TermVersion.objects.count() == InForce.objects.count() == 0
    assert exit_of(tmp_path / "in.json") == 2
    adopt_all(cast)

    after = everything()
    assert {name: after[name] == before[name] for name in before} == dict.fromkeys(before, True)
    assert len(before["versions"]) > 150
    assert exit_of(tmp_path / "in.json") == 2
    assert exit_of(written(tmp_path, body(nobody.get("/glossary.json")), "again.json")) == 2


def test_csv_comes_back_with_the_wordings_in_force(cast, nobody, tmp_path):
    nasty = {"aliases": ["a; b \\ c"], "definition": "=1, <b>x</b>\n\"q\"", "example": "'=2", "notes": "@x", "contested": "'tis"}  # fmt: skip
    made = propose_wording(words={**version("Ford"), **nasty}, by=cast["hana"])
    adopt_proposal(proposal=made, by=cast["ben"], seen_revision=1)
    Proposal.objects.open().delete()
    told = body(nobody.get("/glossary.csv"))
    before = everything()
    newest = {(v.term.slug, v.language): [getattr(v, name) for name in WORDS] for v in TermVersion.objects.filter(in_force__isnull=False)}  # fmt: skip
    empty_the_glossary()

    assert exit_of(written(tmp_path, told, "in.csv")) == 0
    adopt_all(cast)

    after = everything()
    assert {(v.term.slug, v.language): [getattr(v, name) for name in WORDS] for v in TermVersion.objects.all()} == newest  # fmt: skip
    assert {name: after[name] == before[name] for name in ("terms", "words", "relations")} == {"terms": True, "words": True, "relations": True}  # fmt: skip
    assert exit_of(tmp_path / "in.csv") == 2


# What arrives


def test_what_arrives_is_proposed_and_nothing_is_adopted(cast, nobody, tmp_path):
    words = "<script>alert(1)</script> & <b>more</b>"
    path = written(tmp_path, glossary(term("ford", version("Ford", words), version("Ford", "Better."))))  # fmt: skip

    assert exit_of(path) == 0
    first, second = Proposal.objects.filter(term__slug="ford").order_by("written_at")
    assert (first.status, first.author, first.imported_from) == ("open", None, "in.json")
    assert (first.definition, second.definition) == (words, "Better.")
    assert "A river crossing" not in nobody.get("/glossary/ford/").text

    adopt_proposal(proposal=first, by=cast["ben"], seen_revision=1)
    page = nobody.get("/glossary/ford/").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;more&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_a_member_may_be_named_as_the_one_who_proposes(cast, tmp_path):
    path = written(tmp_path, glossary(term("ford", version("Ford"))))

    assert "no.one@riverton.example" in refusal_of(path, member="no.one@riverton.example")
    assert exit_of(path, member=cast["hana"].email.upper()) == 0
    assert Proposal.objects.get(term__slug="ford").author == cast["hana"]


def test_a_wording_that_was_declined_is_not_proposed_again(cast, tmp_path):
    path = written(tmp_path, glossary(term("ford", version("Ford"))))
    exit_of(path)
    decline_proposal(proposal=Proposal.objects.get(term__slug="ford"), by=cast["ben"], seen_revision=1, reason="No.")  # fmt: skip

    assert exit_of(path) == 2


def test_a_later_file_adds_only_what_is_new(tmp_path):
    exit_of(written(tmp_path, glossary(term("ford", version("Ford")))))

    assert exit_of(written(tmp_path, glossary(term("ford", version("Ford"), version("Ford", "Later."))))) == 0  # fmt: skip
    assert Proposal.objects.filter(term__slug="ford").count() == 2


def test_a_term_is_retired_after_its_wording_and_never_before(cast, tmp_path):
    path = written(tmp_path, glossary(term("ford", version("Ford"), retired=True, replaced_by="equity")))  # fmt: skip
    exit_of(path)
    wording, retirement = Proposal.objects.filter(term__slug="ford").order_by("written_at")

    with pytest.raises(DecisionRefused):
        adopt_proposal(proposal=retirement, by=cast["ben"], seen_revision=1)
    adopt_proposal(proposal=wording, by=cast["ben"], seen_revision=1)
    adopt_proposal(proposal=retirement, by=cast["ben"], seen_revision=1)

    ford = Term.objects.get(slug="ford")
    assert ford.retired_at is not None
    assert ford.replaced_by.slug == "equity"


def test_a_word_that_changed_hands_comes_in_the_order_of_the_time(cast, tmp_path):
    at = "2026-0{}-01T00:00:00+00:00"
    path = written(tmp_path, glossary(
        term("bridge", version("Bridge", adopted_at=at.format(1)), version("Bridge", aliases=["crossing"], adopted_at=at.format(4))),
        term("ford", version("Ford", aliases=["crossing"], adopted_at=at.format(2)), version("Ford", "New.", adopted_at=at.format(3))),
    ))  # fmt: skip

    assert exit_of(path) == 0
    mine = Proposal.objects.filter(imported_from="in.json").order_by("written_at")
    decide_together(shown=[(one, 1) for one in mine], by=cast["ben"])
    assert TermWord.objects.get(text="crossing").term.slug == "bridge"


@pytest.mark.parametrize(("mark", "between"), [("\ufeff", ","), ("", ";"), ("\ufeff", "\t")])
def test_a_table_may_come_from_a_spreadsheet(tmp_path, mark, between):
    path = written(tmp_path, table(row("ford", definition="a, b; c\td", aliases="Furt; x"), row("ford", language="es", name="Vado"), mark=mark, between=between), "in.csv")  # fmt: skip

    assert exit_of(path) == 0
    english, spanish = Proposal.objects.filter(term__slug="ford").order_by("written_at")
    assert (english.definition, english.aliases, spanish.name) == ("a, b; c\td", ["Furt", "x"], "Vado")  # fmt: skip


# What is refused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "in.json, it is no JSON"),
        ("[]", "the file: it must be an object"),
        ("[" * 100_000, "nested too deep"),
        ('{"a": NaN}', "it is no JSON (NaN)"),
        ('{"format": "x", "format": "y"}', "the field “format” stands twice"),
        ('{"format": "other", "terms": []}', "no glossary in the format lodestar.glossary 1"),
        ('{"format": "lodestar.glossary", "terms": {}}', "the field “terms” holds a value of the wrong kind"),
        ('{"format": "lodestar.glossary"}', "the field “terms” is missing"),
        (glossary(term("ford")), "term 1 (ford): it has no versions"),
        (glossary("ford"), "term 1: it must be an object"),
        (glossary(term("Ford!", version("Ford"))), "term 1: “Ford!” is no address"),
        (glossary(term("ford", version("Ford")), term("ford", version("Ford"))), "term 2 (ford): it is listed already as term 1 (ford)"),
        (glossary(term("ford", {"language": "en", "name": "Ford"})), "version 1 of its list: the field “definition” is missing"),
        (glossary(term("ford", version("Ford", color="red"))), "there is no field “color”"),
        (glossary(term("ford", version("Ford", case_matters="yes"))), "the field “case_matters” holds a value of the wrong kind"),
        (glossary(term("ford", version("Ford", number=True))), "the field “number” holds"),
        (glossary(term("ford", version("Ford", aliases="x"))), "the field “aliases” holds"),
        (glossary(term("ford", version("Ford", aliases=[1]))), "the field “aliases” holds"),
        (glossary(term("ford", version("Ford", None))), "the field “definition” holds"),
        (glossary(term("ford", version("Ford", "a\0b"))), "a character that cannot be stored"),
        (glossary(term("ford", version("Ford", "a\ud800b"))), "a character that cannot be stored"),
        (glossary(term("ford", version("Ford", adopted_at="soon"))), "“soon” is no date and time"),
        (glossary(term("ford", version("Ford", number=2), version("Ford", "B.", number=1))), "in the order of their numbers"),
        (glossary(term("ford", version("Ford", "x" * 20_000))), "definition: At most 2,000 letters fit here, and these are 20,000."),
        (glossary(term("ford", version("Ford", language="xx"))), "language: This site has no such language."),
        (glossary(term("ford", version("Ford", source_url="javascript:alert(1)"))), "source_url: Enter a valid URL."),
        (glossary(term("ford", version("Ford", broader=["ford"]))), "broader: A term cannot be related to itself."),
        (glossary(term("ford", version("Ford", related=["nowhere"]))), "related: “nowhere” is no term of the glossary."),
        (glossary(term("ford", version("Ford"), retired=True, replaced_by="ford")), "“ford”, which is to replace it"),
        (glossary(term("proposals", version("Proposals"))), "a page of the site stands at its address"),
        (glossary(term("ford", version("Ford")), term("furt", version("Furt", aliases=["Ford"]))), "term 2 (furt), version 1 of its list: “Ford” leads to the term “ford” already"),
        (glossary(term("ford", version("Ford", aliases=["wade"])), term("furt", version("Furt", aliases=["Wade"]))), "term 2 (furt), version 1 of its list: “Wade” leads to the term “ford” already."),
        (glossary(term("a1", version("A1", broader=["b1"])), term("b1", version("B1", broader=["c1"])), term("c1", version("C1", broader=["a1"]))), "term 3 (c1), version 1 of its list: A term cannot be broader than itself: c1 → a1 → b1 → c1."),
    ],
)  # fmt: skip
def test_json_that_cannot_be_used_is_refused_with_the_place(tmp_path, text, said):
    assert said in refusal_of(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "in.csv, row 1: there is no column “slug”, “language”, “name”, “definition”."),
        (table(row("ford"), columns=("slug", "language", "name")), "row 1: there is no column “definition”."),
        (table(row("ford"), columns=("slug", "language", "name", "definition", "color")), "row 1: a glossary has no column “color”."),
        (table(row("ford"), columns=("slug", "language", "name", "definition", "name")), "row 1: the column “name” stands there twice."),
        (table(row("ford"), row("furt"), row("ford")), "row 4: “ford” stands in this language already in row 2."),
        (table(row("ford", definition="=HYPERLINK(1)")), "row 2: the cell “definition” begins like a formula (=HYPERLINK(1)"),
        (table(row("ford"), row("furt", definition="-2")), "row 3: the cell “definition” begins like a formula (-2)"),
        (table(row("ford"), row("furt", definition="")), "row 3: definition:"),
        (table(row("ford", definition="x" * 20_000)), "row 2: definition: At most 2,000 letters fit here, and these are 20,000."),
        (table(row("ford", definition="x" * 200_000)), "row 2: it cannot be read as CSV"),
        (table(row("ford")) + "a,b\n", "row 3: it has more or fewer cells"),
        (table(row("ford")) + '"open', "row 3: it cannot be read as CSV"),
        (table(row("ford", language="")), "row 2: language:"),
        (table(row("ford", language="xx")), "row 2: language: This site has no such language."),
        (table(row("ford", broader="ford")), "row 2: broader: A term cannot be related to itself."),
        (table(row("ford", broader="furt"), row("furt", broader="ford")), "row 3: A term cannot be broader than itself: furt → ford → furt."),
        (table(row("ford"), row("furt", aliases="Ford")), "row 3: “Ford” leads to the term “ford” already"),
        (table(row("../x")), "row 2: “../x” is no address"),
        ("a\0b", "it holds NUL bytes"),
        (b"\xff\xfea", "it is not in UTF-8"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_refused_with_the_row(tmp_path, text, said):
    assert said in refusal_of(written(tmp_path, text, "in.csv"))


def test_a_circle_through_the_glossary_of_now_is_refused(tmp_path):
    lower = Relation.objects.filter(is_broader=True).select_related("term", "other").first()
    text = glossary(term("ford", version("Ford", broader=[lower.term.slug])))
    exit_of(written(tmp_path, text))
    up = lower.other
    words = version(up.label, "Another.", broader=[lower.term.slug])

    assert "A term cannot be broader than itself" in refusal_of(written(tmp_path, glossary(term(up.slug, words))))  # fmt: skip


def test_a_slug_that_is_another_word_for_a_term_is_refused(tmp_path):
    alias = TermWord.objects.filter(kind="alias").exclude(slug="").first()

    assert "is another word for the term" in refusal_of(written(tmp_path, glossary(term(alias.slug, version("New name")))))  # fmt: skip


def test_a_file_that_is_too_large_or_of_another_kind_or_not_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(incoming, "LARGEST", 1_000_000)

    assert "larger than 1 megabytes" in refusal_of(written(tmp_path, b"x" * 1_000_001))
    assert "must end in .json or .csv" in refusal_of(written(tmp_path, "x", "in.xlsx"))
    assert "it cannot be read" in refusal_of(tmp_path / "none.json")


def test_one_bad_row_keeps_all_others_out(tmp_path):
    rows = [row(f"ford-{n}") for n in range(5)] + [row("furt", broader="nowhere")]

    assert "row 7: broader: “nowhere”" in refusal_of(written(tmp_path, table(*rows), "in.csv"))


def test_the_columns_are_the_documented_ones():
    from curriculum.glossary.formats import as_csv

    assert [name for name in COLUMNS if f"`{name}`" not in as_csv.__doc__] == []
