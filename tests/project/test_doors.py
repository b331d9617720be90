"""Every door that somebody offers or opens is in the table of docs/architecture.md, and the table names no other."""

import ast
import re

import pytest

from tests.project.source import ROOT, parsed, python_files, tracked

OPENED = re.compile(r"""{%\s*door\s+["'](\w+)["']""")
VERBS = {"offer", "offers", "ask"}


def in_python(tree):
    """Doors by name: offered, asked, or named by a block whose template opens whatever door the block has."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            at_doors = isinstance(node.func.value, ast.Name) and node.func.value.id == "doors"
            if at_doors and node.func.attr in VERBS and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and node.value.value
        ):
            yield from (node.value.value for target in node.targets if isinstance(target, ast.Name) and target.id == "door")  # fmt: skip


def in_the_table():
    text = (ROOT / "docs" / "architecture.md").read_text()
    table = text[text.index("| door |") :].split("\n\n")[0]
    firsts = [line.split("|")[1] for line in table.splitlines()[2:]]
    return [name for first in firsts for name in re.findall(r"`(\w+)`", first)]


def test_the_table_of_doors_is_whole():
    used = {name for path in python_files() for name in in_python(parsed(path))}
    used |= {name for path in tracked("templates/*.html") for name in OPENED.findall(path.read_text())}  # fmt: skip

    assert sorted(in_the_table()) == sorted(used)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("doors.offer('bell', bell)", ["bell"]),
        ("rows = doors.ask('search', words=words)", ["search"]),
        ("class Reflection(Prompt):\n    door = 'reflect'", ["reflect"]),
        ("class Prompt(Block):\n    door = ''", []),
        ("shop.offer('bell', bell)", []),
    ],
)
def test_a_door_is_seen(source, found):
    assert list(in_python(ast.parse(source))) == found
