"""The list of what a standard of security asks, one by one: whole, with evidence that is there, and honest about what is open."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
#: Each id of levels 1 and 2 of OWASP ASVS 5.0.0 with its level.
LEVELS = dict(line.split() for line in (Path(__file__).parent / "asvs_levels.txt").read_text().splitlines())  # fmt: skip
STATES = {"met", "partly", "open"}


@pytest.fixture(scope="module")
def said():
    return yaml.safe_load((ROOT / "docs" / "asvs.yaml").read_text())["requirements"]


def stories(path):
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}  # fmt: skip


def missing(evidence):
    """What is wrong with one piece of evidence; empty when it is there."""
    path, _, name = evidence.partition("::")
    if name:
        file = ROOT / path
        return "" if file.is_file() and name in stories(file) else f"no story {evidence}"
    path, _, sentence = evidence.partition(": ")
    if not (ROOT / path).is_file():
        return f"no file {path}"
    return "" if len(sentence) >= 12 and sentence.endswith(".") else f"no sentence in {evidence}"


def test_each_requirement_of_levels_one_and_two_stands_there_once(said):
    assert Counter(LEVELS.values()) == {"1": 70, "2": 183}
    assert [one["id"].removeprefix("v5.0.0-") for one in said] == list(LEVELS)


def test_what_does_not_apply_says_why_and_everything_else_how_it_stands(said):
    for one in said:
        assert one["about"]
        if one["applicable"]:
            assert one["state"] in STATES, one["id"]
            assert one["evidence"], one["id"]
        else:
            assert one["reason"].endswith("."), one["id"]


def test_every_story_and_every_file_that_is_named_is_there(said):
    found = [missing(evidence) for one in said for evidence in one.get("evidence", ())]

    assert [fault for fault in found if fault] == []


def test_what_is_met_rests_on_more_than_the_page_on_security_where_it_is_about_code(said):
    documents = {"SECURITY.md", "docs/operations.md", "docs/limits.md"}
    bare = [
        one["id"]
        for one in said
        if one.get("state") == "met" and {evidence.partition(":")[0] for evidence in one["evidence"]} <= documents
    ]  # fmt: skip

    assert [one for one in bare if "written down" not in next(row["about"] for row in said if row["id"] == one)] == ONLY_WRITTEN  # fmt: skip


#: Met, and shown by a document alone: how the site stands on its machine.
ONLY_WRITTEN = ["v5.0.0-3.5.4", "v5.0.0-12.3.2"]


def test_what_is_open_or_partly_met_is_told_on_the_page_on_security(said):
    page = (ROOT / "SECURITY.md").read_text().replace("v5.0.0-", "")
    told = set(re.findall(r"\b\d+\.\d+\.\d+\b", page))

    assert {one["id"].removeprefix("v5.0.0-") for one in said if one.get("state") in {"open", "partly"}} == told & set(LEVELS)  # fmt: skip


def test_evidence_that_is_not_there_is_seen():
    assert missing("tests/project/test_assurance.py::test_nothing") == "no story tests/project/test_assurance.py::test_nothing"  # fmt: skip
    assert missing("core/nowhere.py: says nothing at all.") == "no file core/nowhere.py"
    assert missing("core/audit.py: short") == "no sentence in core/audit.py: short"
    assert missing("core/audit.py: the log of acts names nobody.") == ""
