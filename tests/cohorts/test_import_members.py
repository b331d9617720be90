"""`import_members COHORT FILE.csv`: the same rules and the same work, on the server."""

import io

import pytest
from django.core.management import CommandError, call_command

from cohorts.models import Cohort, Invitation, MemberImport
from notices.models import Notice
from tests.cohorts.inviting import NEW, table

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def run(*words):
    """The exit status and what the command said."""
    out = io.StringIO()
    try:
        call_command("import_members", *map(str, words), stdout=out)
    except CommandError as ended:
        return ended.returncode, out.getvalue() + str(ended)
    return 0, out.getvalue()


@pytest.fixture
def file(tmp_path):
    """A file on the server's disk."""

    def write(*rows, data=None):
        path = tmp_path / "people.csv"
        path.write_bytes(table(*rows) if data is None else data)
        return path

    return write


def test_the_command_says_the_numbers_and_does_it(house, file):
    path = file(NEW, "ben@riverton.example", "dev@riverton.example", NEW, "=1", "gus@riverton.example")  # fmt: skip

    look = run("larch", path, "--dry-run")
    nothing_yet = Invitation.objects.count(), MemberImport.objects.count()
    done = run("larch", path)
    again = run("larch", path)

    counts = "New: 1. Members to add: 1. Already there: 1. Twice in the file: 1. Refused: 2."
    assert (look[0], done[0], again[0]) == (0, 0, 2)
    assert nothing_yet == (0, 0)
    assert counts in look[1]
    assert "Row 6: It begins as a formula does" in look[1]
    assert "Row 7: Already here: this is an operator" in look[1]
    assert counts in done[1]
    assert "1 invited by mail, 1 added and told." in done[1]
    assert Invitation.objects.get().email == NEW
    assert Notice.objects.filter(member=house.ben, kind="cohorts.added").count() == 1
    assert "There is nothing to do." in again[1]


@pytest.mark.parametrize(
    ("cohort", "data", "sentence"),
    [
        ("none", b"a@b.example", "There is no cohort 'none'"),
        ("larch", None, "cannot be read: No such file"),
        ("larch", b"", "The file holds no row."),
        ("larch", b"x" * 1_000_001, "larger than 1 MB"),
        ("larch", b'email\n"a', "Row 2 cannot be read"),
        ("pilot", b"a@b.example", "is over"),
    ],
)
def test_the_command_refuses_in_a_sentence_and_invites_nobody(house, file, tmp_path, cohort, data, sentence):  # fmt: skip
    Cohort.objects.filter(slug="pilot").update(starts_on="2026-01-01", ends_on="2026-01-02")
    path = tmp_path / "none.csv" if data is None else file(data=data)

    status, said = run(cohort, path)

    assert status == 1
    assert sentence in said
    assert "Nobody was invited." in said
    assert Invitation.objects.count() == 0
