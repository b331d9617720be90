"""What can be called says what it does, and what it takes and gives."""

import ast
import re

import pytest

from tests.project.known import KNOWN_UNTYPED
from tests.project.source import FUNCTIONS, parsed, python_files, shown, tracked

#: Classes inside classes that Django or the house reads; their name says what they are.
INNER = {"Meta", "Privacy", "Media", "PublishedMeta"}
UNTYPED = re.compile(r"#\s*type:\s*ignore\[[^]]*no-untyped-def")


def without_docstring(tree):
    """Public classes, functions and methods that do not say what they are, with their line."""
    for node in tree.body:
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            continue
        if node.name.startswith("_") or node.name in INNER:
            continue
        if ast.get_docstring(node) is None:
            yield node.lineno, node.name
        if isinstance(node, ast.ClassDef):
            yield from without_docstring(node)


def test_files_and_what_others_may_call_say_what_they_are():
    missing = []
    for path in python_files():
        tree = parsed(path)
        if ast.get_docstring(tree) is None and not (path.name == "__init__.py" and not tree.body):
            missing.append(shown(path))
        missing += [f"{shown(path, line)} {name}" for line, name in without_docstring(tree)]
    assert missing == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("def open_it(): ...", ["open_it"]),
        ("async def open_it(): ...", ["open_it"]),
        ("def _open_it(): ...", []),
        ("def open_it():\n    '''Opens it.'''", []),
        ("class Door:\n    '''A door.'''\n    def open_it(self): ...", ["open_it"]),
        ("class Door:\n    '''A door.'''\n    def __init__(self): ...\n    class Meta: ...", []),
        ("class _Door:\n    def open_it(self): ...", []),
    ],
)
def test_a_missing_docstring_is_seen(source, missing):
    assert [name for _line, name in without_docstring(ast.parse(source))] == missing


def unannotated(tree):
    """Functions and methods, also those inside others, that leave the type of a parameter or of their answer open."""
    for node in ast.walk(tree):
        if not isinstance(node, FUNCTIONS):
            continue
        given = node.args
        parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        bare = [
            parameter.arg
            for parameter in parameters
            if parameter and parameter.annotation is None and parameter.arg not in {"self", "cls"}
        ]
        if bare or node.returns is None:
            yield node.lineno, node.name


def untyped():
    """Places of the product, the benchmark and the fault run whose types nobody can read."""
    beside = tracked("bench/*.py", "faults/*.py")
    files = [*python_files(), *(path for path in beside if "migrations" not in path.parts)]
    for path in files:
        yield from (f"{shown(path, line)} {name}" for line, name in unannotated(parsed(path)))
        yield from (
            f"{shown(path, number)} turns the check off"
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if UNTYPED.search(line)
        )


def test_every_function_names_its_types():
    assert [place for place in untyped() if place.split(":")[0] not in KNOWN_UNTYPED] == []


def test_every_known_exception_still_exists():
    assert set(KNOWN_UNTYPED) - {place.split(":")[0] for place in untyped()} == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def add(a: int, b: int) -> int: ...", []),
        ("def add(a: int, b) -> int: ...", ["add"]),
        ("def add(a: int, b: int): ...", ["add"]),
        ("def add(*numbers, exact: bool) -> int: ...", ["add"]),
        ("class Sum:\n    def add(self, a: int) -> int: ...", []),
        ("def outer() -> None:\n    def inner(a): ...", ["inner"]),
    ],
)
def test_a_missing_type_is_seen(source, found):
    assert [name for _line, name in unannotated(ast.parse(source))] == found
