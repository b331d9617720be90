"""Files and functions that fit a head: 400 lines a file, 60 a function, 30 a view, 150 a template."""

import ast

import pytest

from tests.project.graph import graph_of, module_of
from tests.project.source import FUNCTIONS, ROOT, parsed, python_files, shown, tracked

FILE, FUNCTION, VIEW, TEMPLATE = 400, 60, 30, 150
#: What nine in ten stay under.
AIM_OF_A_FILE, AIM_OF_A_FUNCTION, MOST = 250, 25, 0.9
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc"}
SOURCES = [path for path in tracked("*.py") if "migrations" not in path.parts]


def functions(path):
    return [node for node in ast.walk(parsed(path)) if isinstance(node, FUNCTIONS)]


def lines_of(node):
    return node.end_lineno - node.lineno + 1


def test_source_files_are_short():
    sizes = {path: len(path.read_text().splitlines()) for path in SOURCES}

    assert [shown(path) for path, lines in sizes.items() if lines > FILE] == []
    assert sum(lines < AIM_OF_A_FILE for lines in sizes.values()) / len(sizes) >= MOST


def test_functions_are_short():
    lengths = [
        (lines_of(node), f"{shown(path, node.lineno)} {node.name}")
        for path in python_files()
        for node in functions(path)
    ]

    assert [name for length, name in lengths if length > FUNCTION] == []
    assert sum(length < AIM_OF_A_FUNCTION for length, _name in lengths) / len(lengths) >= MOST


def is_view(node, *, routed):
    """Whether a function answers requests: it carries a rule, or takes a request in a file that a `urls.py` imports."""
    for decorator in node.decorator_list:
        named = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(named, ast.Name) and named.id == "open_to":
            return True
    first = [argument.arg for argument in node.args.args[:1]]
    return routed and first in (["request"], ["_request"])


def routed_modules():
    """The modules that some list of addresses imports."""
    graph = graph_of(python_files())
    return {
        used
        for path in python_files()
        if path.stem in {"urls", "demo_urls"}
        for used in graph[module_of(path)]
    }


def views():
    routed = routed_modules()
    return [
        (path, node)
        for path in python_files()
        for node in parsed(path).body
        if isinstance(node, FUNCTIONS) and is_view(node, routed=module_of(path) in routed)
    ]


def test_views_are_short():
    wrong = [f"{shown(path, node.lineno)} {node.name}" for path, node in views() if lines_of(node) > VIEW]  # fmt: skip
    assert wrong == []


def test_views_are_found_wherever_they_stand():
    found = {f"{shown(path)} {node.name}" for path, node in views()}

    assert {
        "accounts/shut_doors.py gone",
        "accounts/views/proof.py code_prove",
        "cohorts/invitation_views.py invitation_open",
        "core/health.py readyz",
        "core/views.py server_error",
        "curriculum/glossary/views.py term_show",
        "home/views.py today_show",
        "notices/demo_views.py mail_show",
    } <= found


@pytest.mark.parametrize(
    ("source", "routed", "found"),
    [
        ("@open_to(MEMBER)\n@once\ndef show(asked): ...", False, True),
        ("def show(request, slug): ...", True, True),
        ("def show(_request): ...", True, True),
        ("def show(request, slug): ...", False, False),
        ("@once\ndef show(cohort, request): ...", True, False),
    ],
)
def test_a_view_is_told_from_other_functions(source, routed, found):
    assert is_view(ast.parse(source).body[0], routed=routed) is found


def test_templates_are_short():
    wrong = [
        shown(path)
        for path in tracked("templates/*")
        if len(path.read_text().splitlines()) > TEMPLATE
    ]
    assert wrong == []


def test_no_file_is_a_drawer():
    assert [
        path.relative_to(ROOT).as_posix()
        for path in tracked("*.py")
        if path.stem in NAMELESS or path.parent.name in NAMELESS
    ] == []
