"""Which module imports which, at its top or inside a function, and whether the way leads back to where it began."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.project.source import FUNCTIONS, ROOT, parsed

Graph = Mapping[str, set[str]]
REASON = re.compile(r"# (?!noqa|type:|fmt:)")


def module_of(path: Path, root: Path = ROOT) -> str:
    """The dotted name of a file; a package is its `__init__`."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def graph_of(files: Iterable[Path], root: Path = ROOT) -> dict[str, set[str]]:
    """Each module with the modules of `files` that it names in an import, wherever in the file that stands."""
    known = {module_of(path, root): path for path in files}
    return {
        module: {name for name in _named(path, known) if name != module}
        for module, path in known.items()
    }


def _named(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in known:
                    yield inner
                elif node.module in known:
                    yield node.module


def circles(graph: Graph) -> list[list[str]]:
    """The groups of modules each of which can be reached from each other."""
    reached = {module: _reachable(graph, module) for module in graph}
    groups = {
        tuple(sorted(other for other in reached[module] if module in reached[other]))
        for module in graph
        if module in reached[module]
    }
    return sorted(list(group) for group in groups)


def _reachable(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting.extend(graph[module])
    return found


def inline_imports(path: Path) -> Iterator[int]:
    """Lines of imports inside a function, but for `AppConfig.ready()`, where Django wants them."""
    seen: set[int] = set()
    for function in ast.walk(parsed(path)):
        if not isinstance(function, FUNCTIONS):
            continue
        if path.name == "apps.py" and function.name == "ready":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno not in seen:
                seen.add(node.lineno)
                yield node.lineno


def has_a_reason(path: Path, line: int) -> bool:
    """Whether a comment stands on the line, or on the one above it or above the imports that stand together with it."""
    lines = ["", *path.read_text().splitlines()]
    while lines[line - 1].lstrip().startswith(("from ", "import ")) and not REASON.search(
        lines[line]
    ):
        line -= 1
    return bool(REASON.search(lines[line]) or REASON.match(lines[line - 1].lstrip()))
