"""No module comes back to itself by way of what it imports, and an import inside a function says why it is not at the top."""

import pytest

from tests.project.graph import circles, graph_of, has_a_reason, inline_imports, module_of
from tests.project.known import KNOWN_CIRCLES, KNOWN_INLINE_IMPORTS
from tests.project.source import python_files, shown


def test_no_circle_of_modules():
    """The known steps are left out, and nothing else may lead back."""
    graph = graph_of(python_files())
    graph = {
        module: {other for other in used if (module, other) not in KNOWN_CIRCLES}
        for module, used in graph.items()
    }

    assert circles(graph) == []


def test_every_known_step_of_a_circle_still_exists():
    graph = graph_of(python_files())

    assert {(module, other) for module, other in KNOWN_CIRCLES if other not in graph.get(module, ())} == set()  # fmt: skip


def unexplained():
    return [
        shown(path, line)
        for path in python_files()
        for line in inline_imports(path)
        if not has_a_reason(path, line)
    ]


def test_an_import_inside_a_function_says_why():
    assert [
        place for place in unexplained() if place.split(":")[0] not in KNOWN_INLINE_IMPORTS
    ] == []


def test_every_known_file_still_has_an_unexplained_import():
    assert set(KNOWN_INLINE_IMPORTS) - {place.split(":")[0] for place in unexplained()} == set()


@pytest.fixture
def house(tmp_path):
    """A house of three modules: `one` imports `two`, `two` imports `three` and `three` imports `one` when it is asked."""
    inside = "def ask():\n    {}from house.one import ONE\n    return ONE\n"
    texts = {
        "one": "from house import two\nONE = two.TWO\n",
        "two": "from house.three import THREE\nTWO = THREE\n",
        "three": "THREE = 3\n\n" + inside.format(""),
        "four": inside.format("# `one` is heavy\n    "),
        "__init__": "",
    }
    (tmp_path / "house").mkdir()
    for name, text in texts.items():
        (tmp_path / "house" / f"{name}.py").write_text(text)
    return tmp_path


def test_a_circle_is_seen_although_one_import_stands_inside_a_function(house):
    graph = graph_of(house.glob("*/*.py"), house)

    assert circles(graph) == [["house.one", "house.three", "house.two"]]


def test_an_import_without_a_reason_is_seen(house):
    found = {
        module_of(path, house): [has_a_reason(path, line) for line in inline_imports(path)]
        for path in house.glob("*/*.py")
    }

    assert found == {
        "house": [], "house.one": [], "house.two": [], "house.three": [False], "house.four": [True],
    }  # fmt: skip
