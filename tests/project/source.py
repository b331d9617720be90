"""Reads the project's own files: which app one belongs to, what it imports, what it names."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Height in the tower. An app may use those that stand lower; `|` neighbors have one height and never use each other.
HEIGHT: dict[str, float] = {
    "core": 0, "accounts": 1, "notices": 2, "operations": 2.5, "cohorts": 3, "care": 4, "curriculum": 5, "learn": 5, "glossary": 5,
    "journal": 6, "buddies": 6, "letter": 6, "checkins": 6.1, "matching": 6.1, "sharing": 6.1, "commitments": 6.1,
    "accountability": 6.2, "caucuses": 6, "threads": 6.1, "meetings": 6.1, "bringback": 6.1, "concerns": 6.2,
    "backbone": 7, "home": 8,
}  # fmt: skip
#: One house in two rooms: these pairs of one height may use each other.
TOGETHER = {
    frozenset({"curriculum", "glossary"}),
    frozenset({"curriculum", "learn"}),
    frozenset({"glossary", "learn"}),
}
#: The rooms of accountability. They stand beside caucuses: neither knows the other.
ROOMS = frozenset(
    {"journal", "buddies", "letter", "checkins", "matching", "sharing", "commitments"}
)
#: The rooms of caucuses. The backbone's desk knows nothing of them.
CAUCUS_ROOMS = frozenset({"threads", "meetings", "bringback", "concerns"})
#: What the backbone's desk may know of accountability: numbers, pairing, the letter.
OF_THE_DESK = frozenset({"accountability", "matching", "letter"})
#: Whose pages stand under an address; the longest beginning counts. What is in no row belongs to an installed package.
ADDRESSES = {
    "/account/notices/": "notices", "/operations/": "operations", "/account/": "accounts", "/privacy/": "accounts", "/cohorts/": "cohorts",
    "/invitation/": "cohorts", "/demo/mail/": "notices", "/help/": "care", "/learn/": "curriculum",
    "/maps/": "curriculum", "/search/": "curriculum", "/progress/": "curriculum", "/glossary/": "glossary", "/glossary.": "glossary", "/today/": "home",
    "/journal/": "journal", "/journal/shared/": "sharing", "/away/": "home", "/buddy/": "buddies",
    "/buddy/check-ins/": "checkins", "/buddy/matching/": "matching", "/commitments/": "commitments",
    "/commitments/letter/": "letter", "/backbone/": "backbone", "/care/": "care", "/caucuses/": "caucuses",
    "/dates/": "meetings", "/accessibility/": "home", "/.well-known/": "home",
}  # fmt: skip
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: An address inside a string or a template: at its beginning or after a quotation mark, a blank, a bracket.
ADDRESS = re.compile(r"""(?:^|(?<=["'\s(=]))/[a-z.][a-z0-9._-]*/(?:[a-z0-9-]+/)*""")
FLOOR = {
    "choices": 0,
    "models": 1, "querysets": 1, "blocks": 1,
    "permissions": 2,
    "notifications": 3, "actions": 3,
    "forms": 4,
    "views": 5, "urls": 5, "wagtail_hooks": 5, "templatetags": 5, "management": 5,
}  # fmt: skip


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """Files that git knows or would take in, by glob."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return tuple(sorted({ROOT / name for name in names if name and (ROOT / name).is_file()}))


@cache
def parsed(path: Path) -> ast.Module:
    """The file as Python reads it; each file is read once."""
    return ast.parse(path.read_text())


def shown(path: Path, line: int | None = None) -> str:
    """A place in a file as a person looks for it."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return name if line is None else f"{name}:{line}"


def python_files() -> list[Path]:
    """The product's own Python files: no tests, no migrations, nothing of what measures and tries it from outside."""
    return [
        path
        for path in tracked("*.py")
        if not {"migrations", "tests", "bench", "faults"} & set(path.relative_to(ROOT).parts)
    ]


def app_of_module(module: str) -> str | None:
    """The app that a dotted name belongs to, None for packages and for the configuration."""
    parts = module.split(".")
    if parts[:2] == ["curriculum", "glossary"]:
        return "glossary"
    rooms = {"accountability": ROOMS, "caucuses": CAUCUS_ROOMS}.get(parts[0], frozenset())
    if len(parts) > 1 and parts[1] in rooms:
        return parts[1]
    return parts[0] if parts[0] in HEIGHT else None


def app_of(path: Path) -> str | None:
    """The app that a file belongs to; templates belong to the app whose folder holds them."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "templates":
        if parts[1] in {"account", "allauth", "mfa", "usersessions"}:
            return "accounts"  # allauth's pages in our look
        if parts[1] in {"wagtailadmin", "wagtailcore"}:
            return "curriculum"  # the editors' pages, in which it says more
        return parts[1] if len(parts) > 2 and parts[1] in HEIGHT else None
    return app_of_module(".".join(parts))


def may_use(user: str, used: str) -> bool:
    """Whether the tower lets one app know another."""
    both, inside = {user, used}, {"caucuses", *CAUCUS_ROOMS}
    if both & inside and both & {"accountability", *ROOMS}:
        return False
    if user == "backbone" and used in inside:
        return False
    if user == "backbone" and used in ROOMS - OF_THE_DESK:
        return False
    return user == used or HEIGHT[used] < HEIGHT[user] or frozenset({user, used}) in TOGETHER


def owner_of_address(address: str) -> str | None:
    """The app whose page stands at an address, None for the front page and for installed packages."""
    beginnings = [known for known in ADDRESSES if address.startswith(known)]
    return ADDRESSES[max(beginnings, key=len)] if beginnings else None


def addresses(text: str) -> Iterator[str]:
    """The addresses of this site that stand in a text."""
    yield from (found[0] for found in ADDRESS.finditer(text))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a file imports, at its top or inside."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of every string that is no docstring."""
    tree = parsed(path)
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documents
        ):
            yield node.lineno, node.value


def floor_of(module: str) -> int | None:
    """The floor on which a dotted name of an app lives, None for files of the kernel and of no named floor."""
    parts = module.split(".")
    skip = 2 if app_of_module(module) in {"glossary", *ROOMS, *CAUCUS_ROOMS} else 1
    return FLOOR.get(parts[skip]) if len(parts) > skip else None
