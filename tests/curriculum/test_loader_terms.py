"""The glossary's file: read with or without a spreadsheet's mark, refused with the row and a sentence."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from curriculum.glossary.loading import COLUMNS, TermsRefused, load_terms
from curriculum.glossary.models import Proposal, Term

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HEAD = ",".join(COLUMNS)


def terms_file(folder: Path, *rows: tuple[str, str], mark: str = "") -> Path:
    empty = "," * (len(COLUMNS) - 2)
    path = folder / "terms.csv"
    path.write_text(
        "\n".join([mark + HEAD, *(f'"{name}","{words}"{empty}' for name, words in rows)]) + "\n"
    )
    return path


def test_terms_are_proposed_once_and_again_when_they_were_corrected(tmp_path):
    path = terms_file(
        tmp_path, ("Bridge", "What leads over."), ("Ford", "What leads through."), mark="\ufeff"
    )

    assert load_terms(path) == 2
    assert load_terms(path) == 0
    assert load_terms(terms_file(tmp_path, ("Bridge", "What leads across."))) == 1
    rows = Proposal.objects.filter(term__slug="bridge").values_list(
        "definition", "status", "author"
    )
    assert list(rows) == [("What leads over.", "open", None), ("What leads across.", "open", None)]
    assert not Term.objects.adopted().filter(slug="bridge").exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("Bridge", "One."), ("Ford", "Two."), ("bridge", "Three.")], "row 4: the term “bridge” is listed already in row 2."),
        ([("Bridge", "One."), ("", "Two.")], "row 3: a term needs a name and a definition."),
        ([("Bridge", "One."), ("Ford", "")], "row 3: a term needs a name and a definition."),
        ([("Bridge", "One\nand two."), ("x" * 121, "Two.")], "row 3: name: Ensure this value has at most 120 characters (it has 121)."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_a_term_is_refused_with_its_number(tmp_path, rows, sentence):
    with pytest.raises(TermsRefused) as refusal:
        load_terms(terms_file(tmp_path, *rows))

    assert str(refusal.value) == f"terms.csv, {sentence}"
    assert not Term.objects.filter(slug="bridge").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "row 1: there is no column aliases, broader,"),
        (b"\xff\xfe", "row 1: it cannot be read as CSV in UTF-8"),
        (HEAD.encode() + b'\n"open', "row 1: it cannot be read as CSV in UTF-8"),
        (HEAD.encode() + b"\nBridge,One, two\n", "row 2: it has more or fewer cells than there are columns."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_terms_is_refused(tmp_path, text, sentence):
    (tmp_path / "terms.csv").write_bytes(text)

    with pytest.raises(CommandError) as refusal:
        call_command("load_curriculum", folder=tmp_path)

    assert str(refusal.value).startswith(f"terms.csv, {sentence}")
    assert str(refusal.value).endswith("Nothing of it was loaded.")
