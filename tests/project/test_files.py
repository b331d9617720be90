"""Locks without hosts, no path of anybody's machine, migrations named by hand, documents that exist."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from tests.project.source import ROOT, tracked

HOSTS = re.compile(r"https?://|file:|index-url|find-links")
#: At the beginning of a path: a web address may have such folders further in.
MACHINE = re.compile(r"(?<!\w)(?:/work/|/home/[a-z]+/|/root/|/Users/[a-z]+/)")
GIVEN_NAME = re.compile(r"^\d{4}_(?!auto_|alter_|.*_and_more)[a-z0-9_]+$")
DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md", "docs/privacy.md", "docs/operations.md",
    "docs/testing.md", "docs/reference.md", "docs/performance.md", "docs/limits.md", "SECURITY.md",
)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-pdf.txt",
        "requirements-uv.txt",
        "requirements-virtualenv.txt",
    ],
)
def test_a_lock_holds_hashes_and_no_host(name):
    text = (ROOT / name).read_text()

    assert HOSTS.findall(text) == []
    pinned = re.findall(r"^[a-zA-Z0-9._-]+(?:\[[^]]*\])?==", text, re.MULTILINE)
    assert len(pinned) == len(
        re.findall(r"^[a-zA-Z0-9._-]+(?:\[[^]]*\])?==[^\n]*\\\n\s+--hash=", text, re.MULTILINE)
    )


def test_no_file_holds_a_path_of_a_machine():
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".webp", ".ico", ".mo", ".xz"} or path.name == "test_files.py":
            continue
        if MACHINE.search(path.read_text(errors="replace")):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_migrations_are_named_by_hand():
    names = [path.stem for path in tracked("*/migrations/*.py") if path.stem != "__init__"]
    assert [name for name in names if not GIVEN_NAME.match(name)] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_there_and_its_links_lead_somewhere(name):
    text = (ROOT / name).read_text()

    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert ((ROOT / name).parent / link).exists(), link


def test_the_readme_is_one_page():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


def test_the_reference_names_every_setting():
    text = (ROOT / "docs" / "reference.md").read_text()
    source = "".join(path.read_text() for path in tracked("config/settings/*.py"))
    names = set(
        re.findall(r'environment\.(?:text|flag|count|one_of|words)\(\s*"([A-Z_]+)"', source)
    )
    names |= set(re.findall(r'\b(?:database|text)\(\s*"([A-Z_]+)"', source))

    assert sorted(name for name in names if f"`{name}`" not in text) == []


def test_nothing_is_left_to_do_in_the_code():
    wrong = [
        str(path.relative_to(ROOT))
        for path in tracked("*.py", "*.html", "*.js", "*.css", "Makefile")
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text())
        and path.name != "test_files.py"
    ]
    assert wrong == []
