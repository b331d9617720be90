"""No lock holds a version with a known hole, and every entry of each can be checked."""

import re

from packaging.version import Version

from tests.project.locks import ROOT, entries, least, locks, too_old


def test_no_lock_holds_a_version_with_a_known_hole():
    """G10."""
    known = least()

    assert {name: too_old(text, known) for name, text in locks().items()} == {name: [] for name in locks()}  # fmt: skip


def test_every_entry_of_a_lock_has_a_hash():
    """G10."""
    bare = [
        f"{lock}: {name}"
        for lock, text in locks().items()
        for name, _version, lines in entries(text)
        if "--hash=sha256:" not in lines
    ]

    assert bare == []


def test_each_line_of_least_versions_says_of_what_and_why_and_of_something_that_we_use():
    used = {name for text in locks().values() for name, _version, _lines in entries(text)}

    for name, said in least().items():
        assert name in used
        assert Version(said["least"])
        assert all(re.fullmatch(r"CVE-\d{4}-\d+|GHSA(-\w{4}){3}|RUSTSEC-\d{4}-\d+|\d+(\.\d+)+", one) for one in said["advisory"])  # fmt: skip
        assert len(said["advisory"]) >= 1
        assert said["reason"].endswith(".")


def test_the_direct_dependencies_with_a_history_of_holes_have_a_line():
    assert least().keys() >= {
        "django", "wagtail", "django-allauth", "pillow", "cryptography", "bleach", "nh3", "markdown", "urllib3", "requests", "weasyprint",
    }  # fmt: skip


def test_an_old_version_is_seen():
    lock = "django==5.2.4 \\\n    --hash=sha256:00\nPillow==13.0.0\n"

    assert too_old(lock, least()) == ["django 5.2.4 < 5.2.17"]
    assert [name for name, _version, lines in entries(lock) if "--hash" not in lines] == ["pillow"]


def test_the_page_on_security_names_the_file():
    assert "docs/least-versions.toml" in (ROOT / "SECURITY.md").read_text()
