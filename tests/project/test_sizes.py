"""Files and functions that fit a head: 400 lines a file, 60 a function, 30 a view, 150 a template."""

import ast

from tests.project.source import ROOT, python_files, tracked

FILE, FUNCTION, VIEW, TEMPLATE = 400, 60, 30, 150
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}


def functions(path):
    tree = ast.parse(path.read_text())
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_source_files_are_short():
    sizes = {
        path: len(path.read_text().splitlines())
        for path in tracked("*.py")
        if "migrations" not in path.parts
    }
    assert [str(path.relative_to(ROOT)) for path, lines in sizes.items() if lines > FILE] == []
    assert sum(lines <= 250 for lines in sizes.values()) / len(sizes) >= 0.9


def test_functions_are_short():
    lengths = [
        (node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for path in python_files()
        for node in functions(path)
    ]
    assert [name for length, name in lengths if length > FUNCTION] == []
    assert sum(length <= 25 for length, _name in lengths) / len(lengths) >= 0.9


def test_views_are_short():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files()
        if path.name == "views.py" or path.parent.name == "views"
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > VIEW
    ]
    assert wrong == []


def test_templates_are_short():
    wrong = [
        str(path.relative_to(ROOT))
        for path in tracked("templates/*")
        if len(path.read_text().splitlines()) > TEMPLATE
    ]
    assert wrong == []


def test_no_file_is_a_drawer():
    assert [
        str(path)
        for path in tracked("*.py")
        if path.stem in NAMELESS or path.parent.name in NAMELESS
    ] == []


def test_public_functions_say_what_they_do():
    """Classes, functions and methods of the product that others may call carry a docstring."""
    missing = []
    for path in python_files():
        tree = ast.parse(path.read_text())
        if ast.get_docstring(tree) is None and path.name != "__init__.py":
            missing.append(str(path.relative_to(ROOT)))
        for node in tree.body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if named and ast.get_docstring(node) is None:
                missing.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert missing == []
